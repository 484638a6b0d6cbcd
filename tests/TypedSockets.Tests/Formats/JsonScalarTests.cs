using System.Globalization;
using System.Text.Json;

namespace TypedSockets.Tests.Formats;

/// <summary>Every scalar, written and read beside System.Text.Json's own serializer: the same bytes, the same values.</summary>
public sealed class JsonScalarTests
{
    private const int Seed = 4_711;

    [Fact]
    public void Boolean_IsALiteral()
    {
        JsonPayload.AssertSame(true, (ref writer) => writer.WriteBoolean(true), (ref reader) => reader.ReadBoolean());
        JsonPayload.AssertSame(false, (ref writer) => writer.WriteBoolean(false), (ref reader) => reader.ReadBoolean());
    }

    [Fact]
    public void Nil_IsNull() => Assert.True(JsonPayload.Read(JsonPayload.Write((ref writer) => writer.WriteNil()), (ref reader) => reader.TryReadNil()));

    [Theory]
    [MemberData(nameof(MessagePackReaderTests.Borders), MemberType = typeof(MessagePackReaderTests))]
    public void Integer_IsItsDigits_AndIsReadWhereItFits(long value)
    {
        JsonPayload.AssertSame(value, (ref writer) => writer.WriteInt64(value), (ref reader) => reader.ReadInt64());
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            JsonPayload.AssertSame((int)value, (ref writer) => writer.WriteInt32((int)value), (ref reader) => reader.ReadInt32());
        }

        foreach (var json in (string[])[value.ToString(CultureInfo.InvariantCulture), $"\"{value.ToString(CultureInfo.InvariantCulture)}\""])
        {
            AssertIntegers(json);
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadDouble());
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadSingle());
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadDecimal());
        }
    }

    [Theory]
    [InlineData("18446744073709551615")]
    [InlineData("18446744073709551616")]
    [InlineData("10000000000000000000")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-0")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("1E2")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("1,000")]
    [InlineData(" 1 ")]
    [InlineData("１")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void Integer_OddlyWritten_IsReadWhereSystemTextJsonReadsIt(string text)
    {
        AssertIntegers(text);
        AssertIntegers($"\"{text}\"");
        AssertIntegers($"\"\\u003{(text.Length > 0 && char.IsAsciiDigit(text[0]) ? text[0] : '1')}\"");
    }

    [Fact]
    public void UInt64_OfAllItsBits_RoundTrips() =>
        JsonPayload.AssertSame(ulong.MaxValue, (ref writer) => writer.WriteUInt64(ulong.MaxValue), (ref reader) => reader.ReadUInt64());

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("0.1")]
    [InlineData(".1")]
    [InlineData("1.")]
    [InlineData("-.5")]
    [InlineData("+0.5")]
    [InlineData("01.5")]
    [InlineData("00.5")]
    [InlineData("1e5")]
    [InlineData("1E+5")]
    [InlineData("1.5e-5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.e5")]
    [InlineData("1.5.5")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("4.9e-324")]
    [InlineData("2.2250738585072014e-308")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("3.4028235e38")]
    [InlineData("3.4028236e38")]
    [InlineData("65504")]
    [InlineData("65520")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.0000000000000000000001")]
    [InlineData("16777217")]
    [InlineData("16777217.0000001")]
    [InlineData("0.30000001192092896")]
    [InlineData("1e99999999999")]
    [InlineData("0e99999999999")]
    [InlineData("1e-99999999999")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("0.00000000000000000000000000005")]
    [InlineData("1.2345678901234567890123456789012345")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("+Infinity")]
    [InlineData("infinity")]
    [InlineData("∞")]
    [InlineData("")]
    [InlineData(" 1.5")]
    [InlineData("1.5 ")]
    [InlineData("1 .5")]
    public void Number_OddlyWritten_IsReadWhereSystemTextJsonReadsIt(string text)
    {
        foreach (var json in (string[])[text, $"\"{text}\""])
        {
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadDouble());
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadSingle());
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadHalf());
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadDecimal());
        }
    }

    [Fact]
    public void FloatingPoint_AtItsEdges_IsWhatSystemTextJsonWrites()
    {
        Assert.All<double>(
            [0, -0.0, 1, -1, 0.1, 0.001, 0.0001, 0.00001, 0.1 + 0.2, 1e14, 1e15, 1e16, 123456789012345680, double.Epsilon, double.MaxValue, double.MinValue, double.NaN,
            double.PositiveInfinity, double.NegativeInfinity, Math.PI, 1.0 / 3, 9007199254740993, 5e-324, 999999999999999.9],
            AssertDouble);
        Assert.All<float>(
            [0, -0f, 1, 0.1f, 0.001f, 0.0001f, 1e6f, 1e7f, 1e8f, 16777216, 3.4028235e38f, float.Epsilon, float.NaN, float.PositiveInfinity, float.NegativeInfinity, MathF.PI,
            9999999, 9999999.5f, 999999.94f],
            AssertSingle);
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var half = BitConverter.UInt16BitsToHalf((ushort)bits);
            JsonPayload.AssertSame(half, (ref writer) => writer.WriteHalf(half), (ref reader) => reader.ReadHalf());
        }
    }

    [Fact]
    public void FloatingPoint_OfAnyMagnitude_IsTheShortestThatComesBack()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 40_000; round++)
        {
            var scale = Math.Pow(10, random.Next(-5, 17));
            AssertDouble(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
            AssertDouble(random.NextDouble() * scale);
            AssertDouble(Math.Round(random.NextDouble() * 1_000, random.Next(16)));
            AssertDouble(Neighbour(Math.ScaleB(1, random.Next(-12, 55)), random.Next(3)));
            AssertSingle(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
            AssertSingle((float)(random.NextDouble() * scale));
            AssertSingle((float)Math.Round(random.NextDouble() * 1_000, random.Next(6)));
            AssertSingle((float)Neighbour(Math.ScaleB(1, random.Next(-12, 26)), random.Next(3)));
        }

        static double Neighbour(double value, int which) => which switch { 0 => Math.BitDecrement(value), 1 => value, _ => Math.BitIncrement(value) };
    }

    /// <summary>Decimals that lie close to the middle between two floats are where rounding twice would be seen.</summary>
    [Fact]
    public void Single_ReadFromManyDigits_IsRoundedOnce()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 40_000; round++)
        {
            var value = (float)(random.NextDouble() * Math.Pow(10, random.Next(-3, 7)));
            var middle = ((double)value + MathF.BitIncrement(value)) / 2;
            foreach (var text in (string[])[middle.ToString("F12", CultureInfo.InvariantCulture), middle.ToString("R", CultureInfo.InvariantCulture)])
            {
                Assert.Equal(float.Parse(text, CultureInfo.InvariantCulture), JsonPayload.Read(text, (ref reader) => reader.ReadSingle()));
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.10")]
    [InlineData("-0.5")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    public void Decimal_KeepsItsScale(string text)
    {
        var value = decimal.Parse(text, CultureInfo.InvariantCulture);
        JsonPayload.AssertSame(value, (ref writer) => writer.WriteDecimal(value), (ref reader) => reader.ReadDecimal());
        Assert.Equal(text, JsonPayload.Read(text, (ref reader) => reader.ReadDecimal()).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Guid_IsInItsFormatD()
    {
        var value = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        JsonPayload.AssertSame(value, (ref writer) => writer.WriteGuid(value), (ref reader) => reader.ReadGuid());
        foreach (var format in (string[])["D", "N", "B", "P", "X"])
        {
            JsonPayload.AssertSameVerdict($"\"{value.ToString(format)}\"", (ref reader) => reader.ReadGuid());
        }
    }

    [Fact]
    public void Char_IsAStringOfOneCodeUnit()
    {
        for (var code = 0; code <= char.MaxValue; code += code < 0x3000 ? 1 : 37)
        {
            if (char.IsSurrogate((char)code))
            {
                continue;
            }

            var value = (char)code;
            JsonPayload.AssertValue(value, JsonPayload.Write((ref writer) => writer.WriteChar(value)), (ref reader) => reader.ReadChar());
        }

        foreach (var json in (string[])["\"\"", "\"ab\"", "\"\\u0061\"", "\"\\\\\"", "\"😀\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "97", "null"])
        {
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadChar());
        }
    }

    [Fact]
    public void Bytes_AreBase64()
    {
        var bytes = new byte[300];
        new Random(Seed).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var value = bytes[..length];
            JsonPayload.AssertSame(value, (ref writer) => writer.WriteBinary(value), (ref reader) => reader.ReadByteArray());
            Assert.Equal(value, JsonPayload.Read(JsonSerializer.Serialize(value), (ref reader) => reader.ReadBinary().ToArray()));
        }

        foreach (var json in (string[])["\"AQ==\"", "\"AQ\"", "\"AQ=\"", "\"A Q = =\"", "\"AQ==AQ==\"", "\"AQ\\u003d=\"", "\"\\/\\/8=\"", "\"-_8=\"", "\"AR==\"", "\"====\"", "\"é\"", "1", "[1]"])
        {
            JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadByteArray());
        }
    }

    private static void AssertDouble(double value) => JsonPayload.AssertSame(value, (ref writer) => writer.WriteDouble(value), (ref reader) => reader.ReadDouble());

    private static void AssertSingle(float value) => JsonPayload.AssertSame(value, (ref writer) => writer.WriteSingle(value), (ref reader) => reader.ReadSingle());

    private static void AssertIntegers(string json)
    {
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadByte());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadSByte());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadInt16());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadUInt16());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadInt32());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadUInt32());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadInt64());
        JsonPayload.AssertSameVerdict(json, (ref reader) => reader.ReadUInt64());
    }
}
