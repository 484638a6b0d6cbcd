using System.Globalization;

namespace TypedSockets.Tests.Formats;

/// <summary>The bytes of every kind of value on both sides of every border, as the MessagePack specification has them.</summary>
public sealed class MessagePackWriterTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7f")]
    [InlineData(128L, "cc80")]
    [InlineData(255L, "ccff")]
    [InlineData(256L, "cd0100")]
    [InlineData(65_535L, "cdffff")]
    [InlineData(65_536L, "ce00010000")]
    [InlineData(4_294_967_295L, "ceffffffff")]
    [InlineData(4_294_967_296L, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1L, "ff")]
    [InlineData(-32L, "e0")]
    [InlineData(-33L, "d0df")]
    [InlineData(-128L, "d080")]
    [InlineData(-129L, "d1ff7f")]
    [InlineData(-32_768L, "d18000")]
    [InlineData(-32_769L, "d2ffff7fff")]
    [InlineData(-2_147_483_648L, "d280000000")]
    [InlineData(-2_147_483_649L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void Integer_TakesTheSmallestEncoding(long value, string hex)
    {
        Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteInt64(value)));
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteInt32((int)value)));
        }

        if (value >= 0)
        {
            Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteUInt64((ulong)value)));
        }
    }

    [Fact]
    public void UInt64_AboveTheSignedRange_KeepsItsHighestBit() => Assert.Equal("cfffffffffffffffff", Payload.WriteHex((ref writer) => writer.WriteUInt64(ulong.MaxValue)));

    [Fact]
    public void NilAndBooleans_TakeOneByte() => Assert.Equal("c0c2c3", Payload.WriteHex((ref writer) =>
    {
        writer.WriteNil();
        writer.WriteBoolean(false);
        writer.WriteBoolean(true);
    }));

    [Theory]
    [InlineData('A', "41")]
    [InlineData('\u00e9', "cce9")]
    [InlineData('\ud800', "cdd800")]
    public void Char_IsItsCodeUnitAsAnInteger(char value, string hex) => Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteChar(value)));

    [Theory]
    [InlineData(0x0000_0000u, "ca00000000")]
    [InlineData(0x8000_0000u, "ca80000000")]
    [InlineData(0x3fc0_0000u, "ca3fc00000")]
    [InlineData(0x7f80_0000u, "ca7f800000")]
    [InlineData(0x7fc0_1234u, "ca7fc01234")]
    public void Single_KeepsEveryBit(uint bits, string hex) => Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteSingle(BitConverter.UInt32BitsToSingle(bits))));

    [Theory]
    [InlineData(0x0000_0000_0000_0000ul, "cb0000000000000000")]
    [InlineData(0x8000_0000_0000_0000ul, "cb8000000000000000")]
    [InlineData(0x3ff8_0000_0000_0000ul, "cb3ff8000000000000")]
    [InlineData(0xfff0_0000_0000_0000ul, "cbfff0000000000000")]
    [InlineData(0x7ff8_dead_beef_0001ul, "cb7ff8deadbeef0001")]
    public void Double_KeepsEveryBit(ulong bits, string hex) => Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteDouble(BitConverter.UInt64BitsToDouble(bits))));

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65_535, "daffff")]
    [InlineData(65_536, "db00010000")]
    public void String_HeaderGrowsWithItsBytes(int length, string header)
    {
        var expected = header + string.Concat(Enumerable.Repeat("78", length));
        Assert.Equal(expected, Payload.WriteHex((ref writer) => writer.WriteString(new string('x', length))));
    }

    /// <summary>The header is guessed from the UTF-16 length; here the UTF-8 length needs a longer one and the bytes have to move.</summary>
    [Theory]
    [InlineData(11, "d921")]
    [InlineData(31, "d95d")]
    [InlineData(85, "d9ff")]
    [InlineData(86, "da0102")]
    [InlineData(255, "da02fd")]
    [InlineData(21_845, "daffff")]
    [InlineData(21_846, "db00010002")]
    [InlineData(65_535, "db0002fffd")]
    public void String_WithThreeByteCharacters_HasTheHeaderOfItsBytes(int characters, string header)
    {
        var expected = header + string.Concat(Enumerable.Repeat("e282ac", characters));
        Assert.Equal(expected, Payload.WriteHex((ref writer) => writer.WriteString(new string('€', characters))));
    }

    [Fact]
    public void String_SurrogatePairIsOneCharacter_LoneSurrogateIsReplaced()
    {
        Assert.Equal("a4f09f9880", Payload.WriteHex((ref writer) => writer.WriteString("\ud83d\ude00")));
        Assert.Equal("a461efbfbd", Payload.WriteHex((ref writer) => writer.WriteString("a\ud83d")));
        Assert.Equal("a4efbfbd62", Payload.WriteHex((ref writer) => writer.WriteString("\ude00b")));
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65_535, "c5ffff")]
    [InlineData(65_536, "c600010000")]
    public void Binary_HeaderGrowsWithItsLength(int length, string header)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(0xab);
        Assert.Equal(header + Convert.ToHexStringLower(bytes), Payload.WriteHex((ref writer) => writer.WriteBinary(bytes)));
    }

    [Theory]
    [InlineData(0, "90", "80")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65_535, "dcffff", "deffff")]
    [InlineData(65_536, "dd00010000", "df00010000")]
    public void Collection_HeaderGrowsWithItsCount(int count, string array, string map)
    {
        Assert.Equal(array, Payload.WriteHex((ref writer) => writer.BeginArray(count)));
        Assert.Equal(array, Payload.WriteHex((ref writer) => writer.BeginObject(count)));
        Assert.Equal(map, Payload.WriteHex((ref writer) => writer.BeginMap(count)));
    }

    [Fact]
    public void Collection_EndsWithoutAByte() => Assert.Equal("90" + "80" + "90", Payload.WriteHex((ref writer) =>
    {
        writer.BeginArray(0);
        writer.EndArray();
        writer.BeginMap(0);
        writer.EndMap();
        writer.BeginObject(0);
        writer.EndObject();
    }));

    [Fact]
    public void Collection_NegativeCount_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Payload.Write((ref writer) => writer.BeginArray(-1)));

    [Theory]
    [InlineData("1970-01-01T00:00:00.0000000Z", "d6ff00000000")]
    [InlineData("2000-01-01T00:00:00.0000000Z", "d6ff386d4380")]
    [InlineData("2106-02-07T06:28:15.0000000Z", "d6ffffffffff")]
    [InlineData("2106-02-07T06:28:16.0000000Z", "d7ff0000000100000000")]
    [InlineData("2000-01-01T00:00:00.5000000Z", "d7ff77359400386d4380")]
    [InlineData("2514-05-30T01:53:03.9999999Z", "d7ffee6b2673ffffffff")]
    [InlineData("2514-05-30T01:53:04.0000000Z", "c70cff000000000000000400000000")]
    [InlineData("1969-12-31T23:59:59.5000000Z", "c70cff1dcd6500ffffffffffffffff")]
    [InlineData("1969-12-31T23:59:59.0000000Z", "c70cff00000000ffffffffffffffff")]
    [InlineData("0001-01-01T00:00:00.0000000Z", "c70cff00000000fffffff1886e0900")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "c70cff3b9ac99c0000003afff4417f")]
    public void DateTime_TakesTheSmallestTimestamp(string value, string hex) =>
        Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteDateTime(DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind))));

    [Fact]
    public void DateTime_LocalIsConvertedAndUnspecifiedCountsAsUtc()
    {
        var utc = new DateTime(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        var hex = Payload.WriteHex((ref writer) => writer.WriteDateTime(utc));
        Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteDateTime(utc.ToLocalTime())));
        Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteDateTime(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified))));
    }

    /// <summary>MessagePack-CSharp writes the clock time, as if it were UTC, and the offset in minutes.</summary>
    [Theory]
    [InlineData("2000-01-01T00:00:00+00:00", "92d6ff386d438000")]
    [InlineData("2000-01-01T00:00:00+02:00", "92d6ff386d438078")]
    [InlineData("2000-01-01T00:00:00-05:30", "92d6ff386d4380d1feb6")]
    [InlineData("2000-01-01T00:00:00+14:00", "92d6ff386d4380cd0348")]
    public void DateTimeOffset_IsClockTimeAndMinutes(string value, string hex) =>
        Assert.Equal(hex, Payload.WriteHex((ref writer) => writer.WriteDateTimeOffset(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture))));

    [Fact]
    public void DateTimeAndDuration_AreIntegers()
    {
        Assert.Equal("00", Payload.WriteHex((ref writer) => writer.WriteDateOnly(DateOnly.MinValue)));
        Assert.Equal("ce0037b9da", Payload.WriteHex((ref writer) => writer.WriteDateOnly(DateOnly.MaxValue)));
        Assert.Equal("ce00989680", Payload.WriteHex((ref writer) => writer.WriteTimeOnly(new TimeOnly(0, 0, 1))));
        Assert.Equal("d2ff676980", Payload.WriteHex((ref writer) => writer.WriteTimeSpan(TimeSpan.FromSeconds(-1))));
    }

    [Fact]
    public void Guid_IsItsText() => Assert.Equal(
        "d924" + Convert.ToHexStringLower("00112233-4455-6677-8899-aabbccddeeff"u8),
        Payload.WriteHex((ref writer) => writer.WriteGuid(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"))));

    [Theory]
    [InlineData("0")]
    [InlineData("1.10")]
    [InlineData("-0.5")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335")]
    [InlineData("-0.0000000000000000000000000001")]
    public void Decimal_IsItsTextWithItsScale(string text)
    {
        var expected = ((byte)(0xa0 + text.Length)).ToString("x2", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Equal(expected, Payload.WriteHex((ref writer) => writer.WriteDecimal(decimal.Parse(text, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Writer_ManyValues_GrowsTheBufferWithoutLosingAny()
    {
        var payload = Payload.Write((ref writer) =>
        {
            writer.BeginArray(50_000);
            for (var index = 0; index < 50_000; index++)
            {
                writer.WriteInt32(index);
            }
        });
        Payload.Read(payload, (ref reader) =>
        {
            var count = reader.BeginArray();
            for (var index = 0; index < count; index++)
            {
                Assert.Equal(index, reader.ReadInt32());
            }

            return count;
        });
    }
}
