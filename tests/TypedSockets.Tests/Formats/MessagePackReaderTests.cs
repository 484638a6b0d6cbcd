using System.Globalization;
using System.Numerics;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

public sealed class MessagePackReaderTests
{
    public static TheoryData<long> Borders()
    {
        var data = new SortedSet<long> { 0, long.MinValue, long.MaxValue };
        for (var bit = 0; bit < 63; bit++)
        {
            var power = 1L << bit;
            data.UnionWith([power - 1, power, power + 1, -power - 1, -power, 1 - power]);
        }

        data.UnionWith([-33, -32, -31]);
        return [.. data];
    }

    [Theory]
    [MemberData(nameof(Borders))]
    public void Integer_RoundTrips_WhereItFits(long value)
    {
        var payload = Payload.Write((ref writer) => writer.WriteInt64(value));
        Assert.Equal(value, Payload.Read(payload, (ref reader) => reader.ReadInt64()));
        AssertFits<byte>(payload, value, (ref reader) => reader.ReadByte());
        AssertFits<sbyte>(payload, value, (ref reader) => reader.ReadSByte());
        AssertFits<short>(payload, value, (ref reader) => reader.ReadInt16());
        AssertFits<ushort>(payload, value, (ref reader) => reader.ReadUInt16());
        AssertFits<int>(payload, value, (ref reader) => reader.ReadInt32());
        AssertFits<uint>(payload, value, (ref reader) => reader.ReadUInt32());
        AssertFits<ulong>(payload, value, (ref reader) => reader.ReadUInt64());
        AssertFits<char>(payload, value, (ref reader) => reader.ReadChar());
        Assert.Equal((double)value, Payload.Read(payload, (ref reader) => reader.ReadDouble()));
        Assert.Equal((float)(double)value, Payload.Read(payload, (ref reader) => reader.ReadSingle()));
    }

    [Fact]
    public void UInt64_AboveTheSignedRange_RoundTrips_AndFitsNothingElse()
    {
        var payload = Payload.Write((ref writer) => writer.WriteUInt64(ulong.MaxValue));
        Assert.Equal(ulong.MaxValue, Payload.Read(payload, (ref reader) => reader.ReadUInt64()));
        Assert.Equal((double)ulong.MaxValue, Payload.Read(payload, (ref reader) => reader.ReadDouble()));
        Payload.AssertUnreadable(payload, (ref reader) => reader.ReadInt64());
        Payload.AssertUnreadable(payload, (ref reader) => reader.ReadByte());
    }

    /// <summary>Other libraries do not always choose the smallest encoding.</summary>
    [Theory]
    [InlineData("cc05")]
    [InlineData("cd0005")]
    [InlineData("ce00000005")]
    [InlineData("cf0000000000000005")]
    [InlineData("d005")]
    [InlineData("d10005")]
    [InlineData("d200000005")]
    [InlineData("d30000000000000005")]
    public void Integer_InAnyEncoding_IsRead(string hex)
    {
        Assert.Equal(5, Payload.ReadHex(hex, (ref reader) => reader.ReadByte()));
        Assert.Equal(5, Payload.ReadHex(hex, (ref reader) => reader.ReadSByte()));
        Assert.Equal(5, Payload.ReadHex(hex, (ref reader) => reader.ReadInt64()));
        Assert.Equal(5ul, Payload.ReadHex(hex, (ref reader) => reader.ReadUInt64()));
        Assert.Equal(5.0, Payload.ReadHex(hex, (ref reader) => reader.ReadDouble()));
    }

    [Theory]
    [InlineData("a161")]
    [InlineData("d90161")]
    [InlineData("da000161")]
    [InlineData("db0000000161")]
    public void String_InAnyEncoding_IsRead(string hex) => Assert.Equal("a", Payload.ReadHex(hex, (ref reader) => reader.ReadString()));

    [Theory]
    [InlineData("c40161")]
    [InlineData("c5000161")]
    [InlineData("c60000000161")]
    public void Binary_InAnyEncoding_IsRead(string hex)
    {
        Assert.Equal([0x61], Payload.ReadHex(hex, (ref reader) => reader.ReadBinary().ToArray()));
        Assert.Equal([0x61], Payload.ReadHex(hex, (ref reader) => reader.ReadByteArray()));
    }

    [Theory]
    [InlineData("9105", "8105c0")]
    [InlineData("dc000105", "de000105c0")]
    [InlineData("dd0000000105", "df0000000105c0")]
    public void Collection_InAnyEncoding_IsRead(string array, string map)
    {
        Assert.Equal((1, 5), Payload.ReadHex(array, (ref reader) =>
        {
            var read = (reader.BeginArray(), reader.ReadInt32());
            reader.EndArray();
            return read;
        }));
        Assert.Equal((1, 5, true), Payload.ReadHex(map, (ref reader) =>
        {
            var read = (reader.BeginMap(), reader.ReadInt32(), reader.TryReadNil());
            reader.EndMap();
            return read;
        }));
    }

    [Theory]
    [InlineData("d6ff386d4380", "2000-01-01T00:00:00.0000000Z")]
    [InlineData("d7ff00000000386d4380", "2000-01-01T00:00:00.0000000Z")]
    [InlineData("c70cff0000000000000000386d4380", "2000-01-01T00:00:00.0000000Z")]
    [InlineData("c704ff386d4380", "2000-01-01T00:00:00.0000000Z")]
    [InlineData("c708ff00000000386d4380", "2000-01-01T00:00:00.0000000Z")]
    [InlineData("d7ffee6b280000000000", null)]
    [InlineData("c70cff1dcd6500ffffffffffffffff", "1969-12-31T23:59:59.5000000Z")]
    [InlineData("c70cff00000000fffffff1886e0900", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("c70cff3b9ac9ff0000003afff4417f", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("c70cff00000000fffffff1886e08ff", null)]
    [InlineData("c70cff000000000000003afff44180", null)]
    [InlineData("c70cff3b9aca000000000000000000", null)]
    [InlineData("c70cff000000007fffffffffffffff", null)]
    [InlineData("d6fe386d4380", null)]
    [InlineData("c705ff00386d4380", null)]
    [InlineData("d4ff00", null)]
    [InlineData("ce386d4380", null)]
    public void DateTime_AllThreeTimestamps_AreReadAsUtc_OthersAreNot(string hex, string? expected)
    {
        if (expected is null)
        {
            Payload.AssertUnreadableHex(hex, (ref reader) => reader.ReadDateTime());
            return;
        }

        var value = Payload.ReadHex(hex, (ref reader) => reader.ReadDateTime());
        Assert.Equal(expected, value.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T14:00:00.0000000+14:00")]
    [InlineData("1969-12-31T23:59:59.9999999-00:01")]
    [InlineData("2024-07-01T12:34:56.1234567+05:45")]
    [InlineData("9999-12-31T09:59:59.9999999-14:00")]
    public void DateTimeOffset_RoundTripsWithItsOffset(string text)
    {
        var value = DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
        var read = Payload.Read(Payload.Write((ref writer) => writer.WriteDateTimeOffset(value)), (ref reader) => reader.ReadDateTimeOffset());
        Assert.True(value.EqualsExact(read), $"{read:O}");
    }

    [Theory]
    [InlineData("92d6ff386d4380cd0349")]
    [InlineData("92d6ff386d4380d18000")]
    [InlineData("92c70cff00000000fffffff1886e090001")]
    [InlineData("93d6ff386d43800000")]
    [InlineData("91d6ff386d4380")]
    [InlineData("d6ff386d4380")]
    public void DateTimeOffset_ThatIsNone_IsUnreadable(string hex) => Payload.AssertUnreadableHex(hex, (ref reader) => reader.ReadDateTimeOffset());

    [Fact]
    public void Values_AtTheirBorders_RoundTrip()
    {
        AssertRoundTrip(DateOnly.MinValue, (ref writer, value) => writer.WriteDateOnly(value), (ref reader) => reader.ReadDateOnly());
        AssertRoundTrip(DateOnly.MaxValue, (ref writer, value) => writer.WriteDateOnly(value), (ref reader) => reader.ReadDateOnly());
        AssertRoundTrip(TimeOnly.MinValue, (ref writer, value) => writer.WriteTimeOnly(value), (ref reader) => reader.ReadTimeOnly());
        AssertRoundTrip(TimeOnly.MaxValue, (ref writer, value) => writer.WriteTimeOnly(value), (ref reader) => reader.ReadTimeOnly());
        AssertRoundTrip(TimeSpan.MinValue, (ref writer, value) => writer.WriteTimeSpan(value), (ref reader) => reader.ReadTimeSpan());
        AssertRoundTrip(TimeSpan.MaxValue, (ref writer, value) => writer.WriteTimeSpan(value), (ref reader) => reader.ReadTimeSpan());
        AssertRoundTrip(Guid.Empty, (ref writer, value) => writer.WriteGuid(value), (ref reader) => reader.ReadGuid());
        AssertRoundTrip(Guid.AllBitsSet, (ref writer, value) => writer.WriteGuid(value), (ref reader) => reader.ReadGuid());
        AssertRoundTrip(true, (ref writer, value) => writer.WriteBoolean(value), (ref reader) => reader.ReadBoolean());
        AssertRoundTrip("", (ref writer, value) => writer.WriteString(value), (ref reader) => reader.ReadString());
        AssertRoundTrip("\0 ä € \U0001F600", (ref writer, value) => writer.WriteString(value), (ref reader) => reader.ReadString());
    }

    [Theory]
    [InlineData("0.00")]
    [InlineData("-1.10")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("-7.9228162514264337593543950335")]
    public void Decimal_RoundTripsWithItsScale(string text)
    {
        var value = decimal.Parse(text, CultureInfo.InvariantCulture);
        var read = Payload.Read(Payload.Write((ref writer) => writer.WriteDecimal(value)), (ref reader) => reader.ReadDecimal());
        Assert.Equal(decimal.GetBits(value), decimal.GetBits(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e99999999999999999999")]
    public void Decimal_ThatIsNone_IsUnreadable(string text) =>
        Payload.AssertUnreadable(Payload.Write((ref writer) => writer.WriteString(text)), (ref reader) => reader.ReadDecimal());

    [Theory]
    [InlineData("")]
    [InlineData("00112233-4455-6677-8899-aabbccddeefg")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff ")]
    [InlineData("{00112233-4455-6677-8899-aabbccddeeff}")]
    public void Guid_ThatIsNone_IsUnreadable(string text) =>
        Payload.AssertUnreadable(Payload.Write((ref writer) => writer.WriteString(text)), (ref reader) => reader.ReadGuid());

    [Theory]
    [InlineData("ff")]
    [InlineData("ce0037b9db")]
    public void DateOnly_OutsideItsRange_IsUnreadable(string hex) => Payload.AssertUnreadableHex(hex, (ref reader) => reader.ReadDateOnly());

    [Theory]
    [InlineData("ff")]
    [InlineData("cf000000c92a69c000")]
    public void TimeOnly_OutsideItsRange_IsUnreadable(string hex) => Payload.AssertUnreadableHex(hex, (ref reader) => reader.ReadTimeOnly());

    [Theory]
    [InlineData(0x7fc0_1234u)]
    [InlineData(0xff80_0001u)]
    public void Single_NotANumber_KeepsItsBits(uint bits) => Assert.Equal(
        bits,
        BitConverter.SingleToUInt32Bits(Payload.Read(Payload.Write((ref writer) => writer.WriteSingle(BitConverter.UInt32BitsToSingle(bits))), (ref reader) => reader.ReadSingle())));

    [Theory]
    [InlineData(0x7ff8_dead_beef_0001ul)]
    [InlineData(0xfff0_0000_0000_0001ul)]
    public void Double_NotANumber_KeepsItsBits(ulong bits) => Assert.Equal(
        bits,
        BitConverter.DoubleToUInt64Bits(Payload.Read(Payload.Write((ref writer) => writer.WriteDouble(BitConverter.UInt64BitsToDouble(bits))), (ref reader) => reader.ReadDouble())));

    [Fact]
    public void Number_OfTheOtherPrecision_IsConverted()
    {
        Assert.Equal(1.5, Payload.ReadHex("ca3fc00000", (ref reader) => reader.ReadDouble()));
        Assert.Equal(1.5f, Payload.ReadHex("cb3ff8000000000000", (ref reader) => reader.ReadSingle()));
        Assert.Equal(-2f, Payload.ReadHex("fe", (ref reader) => reader.ReadSingle()));
    }

    [Theory]
    [InlineData("a1ff")]
    [InlineData("a2c328")]
    [InlineData("a3eda080")]
    [InlineData("a2c080")]
    [InlineData("a1e2")]
    public void String_OfInvalidUtf8_IsUnreadable(string hex) => Payload.AssertUnreadableHex(hex, (ref reader) => reader.ReadString());

    [Theory]
    [InlineData("c0")]
    [InlineData("c1")]
    [InlineData("c2")]
    [InlineData("05")]
    [InlineData("a161")]
    [InlineData("c40161")]
    [InlineData("90")]
    [InlineData("80")]
    [InlineData("ca00000000")]
    [InlineData("d6ff00000000")]
    public void Value_OfAnotherKind_IsUnreadable(string hex)
    {
        var first = Convert.FromHexString(hex)[0];
        AssertReadableOnlyIf(first is 0xc2, hex, (ref reader) => reader.ReadBoolean());
        AssertReadableOnlyIf(first is 0x05, hex, (ref reader) => reader.ReadInt32());
        AssertReadableOnlyIf(first is 0x05, hex, (ref reader) => reader.ReadUInt64());
        AssertReadableOnlyIf(first is 0x05 or 0xca, hex, (ref reader) => reader.ReadDouble());
        AssertReadableOnlyIf(first is 0xa1, hex, (ref reader) => reader.ReadString());
        AssertReadableOnlyIf(first is 0xc4, hex, (ref reader) => reader.ReadBinary().Length);
        AssertReadableOnlyIf(first is 0x90, hex, (ref reader) => reader.BeginArray());
        AssertReadableOnlyIf(first is 0x90, hex, (ref reader) => reader.BeginObject());
        AssertReadableOnlyIf(first is 0x80, hex, (ref reader) => reader.BeginMap());
        AssertReadableOnlyIf(first is 0xd6, hex, (ref reader) => reader.ReadDateTime());
    }

    [Fact]
    public void TryReadNil_ReadsNothingElse()
    {
        Assert.True(Payload.ReadHex("c0", (ref reader) => reader.TryReadNil()));
        Assert.Equal((false, 5), Payload.ReadHex("05", (ref reader) => (reader.TryReadNil(), reader.ReadInt32())));
        Assert.False(Payload.Read([], (ref reader) => reader.TryReadNil()));
    }

    [Fact]
    public void EndOfCollection_SkipsWhatWasNotRead() => Assert.Equal((1, 7), Payload.ReadHex("92" + "930182a161c3a162910205" + "07", (ref reader) =>
    {
        reader.BeginArray();
        var members = reader.BeginObject();
        var first = reader.ReadInt32();
        reader.EndObject(members - 1);
        var last = reader.ReadInt32();
        reader.EndArray();
        return (first, last);
    }));

    [Fact]
    public void EndOfObject_WhenThisEndKnowsMoreMembers_SkipsNothing() => Assert.Equal(7, Payload.ReadHex("9107", (ref reader) =>
    {
        var members = reader.BeginObject();
        var value = reader.ReadInt32();
        reader.EndObject(members - 3);
        return value;
    }));

    [Fact]
    public void Complete_WithBytesLeft_IsUnreadable_AndNotComplete()
    {
        var reader = new MessagePackReader([0x01, 0x02], PayloadLimits.Default);
        reader.ReadInt32();
        try
        {
            reader.Complete();
            Assert.Fail("a byte was left");
        }
        catch (PayloadException)
        {
            Assert.False(reader.IsComplete);
        }

        reader.ReadInt32();
        reader.Complete();
        Assert.True(reader.IsComplete);
        Assert.Equal(2, reader.Position);
    }

    private delegate void WritingOf<T>(ref MessagePackWriter writer, T value);

    private static void AssertRoundTrip<T>(T value, WritingOf<T> write, Payload.Reading<T> read) =>
        Assert.Equal(value, Payload.Read(Payload.Write((ref writer) => write(ref writer, value)), read));

    private static void AssertFits<T>(byte[] payload, long value, Payload.Reading<T> read) where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        var big = (BigInteger)value;
        if (big >= BigInteger.CreateChecked(T.MinValue) && big <= BigInteger.CreateChecked(T.MaxValue))
        {
            Assert.Equal(T.CreateChecked(value), Payload.Read(payload, read));
        }
        else
        {
            Payload.AssertUnreadable(payload, read);
        }
    }

    /// <summary>As in MessagePack-CSharp: a number is read as the type that is asked for, whatever its encoding; a double is rounded to a float, and what is too large is infinite.</summary>
    [Theory]
    [InlineData("ca3fc00000", 1.5f, 1.5)]
    [InlineData("cb3ff8000000000000", 1.5f, 1.5)]
    [InlineData("cb3fb999999999999a", 0.1f, 0.1)]
    [InlineData("cb7fefffffffffffff", float.PositiveInfinity, double.MaxValue)]
    [InlineData("d0ff", -1f, -1.0)]
    [InlineData("cfffffffffffffffff", 18446744073709551615f, 18446744073709551615.0)]
    public void Number_InAnyEncoding_IsReadAsTheTypeThatIsAskedFor(string hex, float narrow, double wide)
    {
        Assert.Equal(narrow, Payload.ReadHex(hex, (ref reader) => reader.ReadSingle()));
        Assert.Equal(wide, Payload.ReadHex(hex, (ref reader) => reader.ReadDouble()));
    }

    [Fact]
    public void NaN_KeepsItsPayload()
    {
        Assert.Equal(0x7fc0_1234u, BitConverter.SingleToUInt32Bits(Payload.ReadHex("ca7fc01234", (ref reader) => reader.ReadSingle())));
        Assert.Equal(0xfff8_dead_beef_0001ul, BitConverter.DoubleToUInt64Bits(Payload.ReadHex("cbfff8deadbeef0001", (ref reader) => reader.ReadDouble())));
    }

    /// <summary>Longer integers are loaded eight bytes at a time, which need not be there.</summary>
    [Theory]
    [InlineData("cc")]
    [InlineData("cdff")]
    [InlineData("ceffffff")]
    [InlineData("cfffffffffffffff")]
    [InlineData("d0")]
    [InlineData("d1ff")]
    [InlineData("d2ffffff")]
    [InlineData("d3ffffffffffffff")]
    public void Integer_CutShort_IsUnreadableWhereverItStands(string hex)
    {
        for (var before = 0; before < 10; before++)
        {
            Payload.AssertUnreadableHex(string.Concat(Enumerable.Repeat("01", before)) + hex, (ref reader) =>
            {
                for (var value = 0; value < before; value++)
                {
                    reader.ReadByte();
                }

                return reader.ReadInt64();
            });
        }
    }

    private static void AssertReadableOnlyIf<T>(bool isReadable, string hex, Payload.Reading<T> read)
    {
        if (isReadable)
        {
            Payload.ReadHex(hex, read);
        }
        else
        {
            Payload.AssertUnreadableHex(hex, read);
        }
    }
}
