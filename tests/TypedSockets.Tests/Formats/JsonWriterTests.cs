using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Strings, names, keys, lists, attachments: what is between the scalars.</summary>
public sealed class JsonWriterTests
{
    private static readonly JsonSerializerOptions s_relaxed = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void EveryCodePoint_IsItselfOrTheEscapeThatJsonStringifyWrites()
    {
        for (var code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 131)
        {
            if (code is >= 0xd800 and <= 0xdfff)
            {
                continue;
            }

            var text = char.ConvertFromUtf32(code);
            var expected = code switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{code:x4}",
                _ => text,
            };
            // At every place of a block of 16, and alone.
            foreach (var place in (int[])[0, 1, 3, 4, 7, 8, 14, 15, 16, 17, 31])
            {
                var value = new string('a', place) + text + (place % 3 == 0 ? "" : new string('z', place % 5));
                var json = JsonPayload.Write((ref writer) => writer.WriteString(value));
                Assert.Equal($"\"{value.Replace(text, expected, StringComparison.Ordinal)}\"", code is 'a' or 'z' ? $"\"{value}\"" : json);
                Assert.Equal(value, JsonPayload.Read(json, (ref reader) => reader.ReadString()));
            }
        }
    }

    [Fact]
    public void Strings_OfAnyContents_AreReadAlikeByBoth()
    {
        var random = new Random(7159);
        string[] pieces = ["a", "bc", "\"", "\\", "\n", "\u0001", "ä", "€", "😀", "\u2028", "<&>'+", "\u007f", "日本", "plain text of more than sixteen bytes", "/"];
        for (var round = 0; round < 20_000; round++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var json = JsonPayload.Write((ref writer) => writer.WriteString(value));
            JsonPayload.AssertValue(value, json, (ref reader) => reader.ReadString());
            // The other way round, with all the escapes of the other side.
            JsonPayload.AssertValue(value, JsonSerializer.Serialize(value), (ref reader) => reader.ReadString());
            JsonPayload.AssertValue(value, JsonSerializer.Serialize(value, s_relaxed), (ref reader) => reader.ReadString());
        }
    }

    [Theory]
    [InlineData("\ud800")]
    [InlineData("a\udc00b")]
    [InlineData("\ud83d\ud83d\ude00")]
    [InlineData("sixteen characters\ud800")]
    [InlineData("\"\ud800\"\udc00")]
    public void SurrogateWithoutItsOtherHalf_BecomesTheReplacementCharacter(string value)
    {
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
        JsonPayload.AssertValue(expected, JsonPayload.Write((ref writer) => writer.WriteString(value)), (ref reader) => reader.ReadString());
        Assert.Equal(expected, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(value)));
    }

    [Fact]
    public void ListsObjectsAndMaps_AreSeparatedByCommas()
    {
        Assert.Equal("""[[],{},{},[1,[2],"x"],{"a":1,"b":[],"c":{"d":null}}]""", JsonPayload.Write((ref writer) =>
        {
            writer.BeginArray(5);
            writer.BeginArray(0);
            writer.EndArray();
            writer.BeginObject(0);
            writer.EndObject();
            writer.BeginMap(0);
            writer.EndMap();
            writer.BeginArray(3);
            writer.WriteInt32(1);
            writer.BeginArray(1);
            writer.WriteInt32(2);
            writer.EndArray();
            writer.WriteString("x");
            writer.EndArray();
            writer.BeginNamedObject(3);
            writer.WriteName("a"u8);
            writer.WriteInt32(1);
            writer.WriteName("b"u8);
            writer.BeginArray(0);
            writer.EndArray();
            writer.WriteName("c"u8);
            writer.BeginObject(1);
            writer.WriteName("d"u8);
            writer.WriteNil();
            writer.EndObject();
            writer.EndObject();
            writer.EndArray();
        }));
    }

    [Fact]
    public void Keys_AreStrings_AsSystemTextJsonWritesThem()
    {
        AssertKey(1, (ref writer) => writer.WriteInt32(1), (ref reader) => reader.ReadInt32());
        AssertKey(long.MinValue, (ref writer) => writer.WriteInt64(long.MinValue), (ref reader) => reader.ReadInt64());
        AssertKey(ulong.MaxValue, (ref writer) => writer.WriteUInt64(ulong.MaxValue), (ref reader) => reader.ReadUInt64());
        AssertKey(1.5, (ref writer) => writer.WriteDouble(1.5), (ref reader) => reader.ReadDouble());
        AssertKey(-2.25f, (ref writer) => writer.WriteSingle(-2.25f), (ref reader) => reader.ReadSingle());
        AssertKey(1.10m, (ref writer) => writer.WriteDecimal(1.10m), (ref reader) => reader.ReadDecimal());
        AssertKey("room", (ref writer) => writer.WriteString("room"), (ref reader) => reader.ReadString());
        AssertKey("", (ref writer) => writer.WriteString(""), (ref reader) => reader.ReadString());
        AssertKey('x', (ref writer) => writer.WriteChar('x'), (ref reader) => reader.ReadChar());
        AssertKey(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (ref writer) => writer.WriteGuid(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), (ref reader) => reader.ReadGuid());
        AssertKey(DateTime.UnixEpoch, (ref writer) => writer.WriteDateTime(DateTime.UnixEpoch), (ref reader) => reader.ReadDateTime());
        AssertKey(new DateOnly(2024, 7, 1), (ref writer) => writer.WriteDateOnly(new DateOnly(2024, 7, 1)), (ref reader) => reader.ReadDateOnly());
        AssertKey(new TimeSpan(1, 2, 3, 4), (ref writer) => writer.WriteTimeSpan(new TimeSpan(1, 2, 3, 4)), (ref reader) => reader.ReadTimeSpan());
    }

    /// <summary>As in JavaScript. System.Text.Json writes 'True', and either reads both.</summary>
    [Fact]
    public void BooleanKey_IsInSmallLetters()
    {
        AssertKey(true, "{\"true\":7}", (ref writer) => writer.WriteBoolean(true), (ref reader) => reader.ReadBoolean());
        AssertKey(false, "{\"false\":7}", (ref writer) => writer.WriteBoolean(false), (ref reader) => reader.ReadBoolean());
        Assert.Equal(7, JsonSerializer.Deserialize<Dictionary<bool, int>>("{\"true\":7}")![true]);
        Assert.True(JsonPayload.Read("{\"True\":7}", (ref reader) =>
        {
            var left = reader.BeginMap();
            reader.HasNext(ref left);
            reader.BeginKey();
            var key = reader.ReadBoolean();
            reader.EndKey();
            reader.Skip();
            reader.EndMap();
            return key;
        }));
    }

    [Fact]
    public void LongKeyAndManyValues_GrowTheBufferWithoutLosingAny()
    {
        var key = new string('k', 100_000);
        var json = JsonPayload.Write((ref writer) =>
        {
            writer.BeginMap(20_002);
            for (var index = 0; index < 20_000; index++)
            {
                writer.BeginKey();
                writer.WriteInt32(index);
                writer.EndKey();
                writer.BeginArray(0);
                writer.EndArray();
            }

            writer.BeginKey();
            writer.WriteString(key);
            writer.EndKey();
            writer.WriteString("\n" + key);
            writer.BeginKey();
            writer.WriteString(string.Concat(Enumerable.Repeat("\u0001", 50_000)));
            writer.EndKey();
            writer.WriteBinary(new byte[10_000]);
            writer.EndMap();
        });
        using var document = JsonDocument.Parse(json);
        Assert.Equal(20_002, document.RootElement.EnumerateObject().Count());
        Assert.Equal("\n" + key, document.RootElement.GetProperty(key).GetString());
    }

    [Fact]
    public void RawJson_IsAValueLikeOthers() => Assert.Equal("""[1,{"a": 2},3]""", JsonPayload.Write((ref writer) =>
    {
        writer.BeginArray(3);
        writer.WriteInt32(1);
        writer.WriteSerialized("""{"a": 2}"""u8);
        writer.WriteInt32(3);
        writer.EndArray();
    }));

    [Fact]
    public void BehindWhatTheBufferHolds_TheTextIsAppended()
    {
        using var buffer = PayloadBuffer.Rent();
        buffer.Write("42"u8);
        var writer = new JsonWriter(buffer);
        writer.WriteString(new string('x', 10_000));
        writer.Flush();
        Assert.Equal($"42\"{new string('x', 10_000)}\"", Encoding.UTF8.GetString(buffer.Written));
    }

    [Fact]
    public void SteadyState_AllocatesNothing()
    {
        for (var round = 0; round < 100; round++)
        {
            WriteOne();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            WriteOne();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void WriteOne()
        {
            using var buffer = PayloadBuffer.Rent();
            var writer = new JsonWriter(buffer);
            writer.BeginArray(12);
            writer.WriteString("a text that is longer than 16 bytes, with an ä and a \n");
            writer.WriteInt64(-123_456_789_012);
            writer.WriteDouble(1.5);
            writer.WriteDouble(1e300);
            writer.WriteSingle(0.1f);
            writer.WriteHalf((Half)0.5);
            writer.WriteDecimal(1.10m);
            writer.WriteGuid(default);
            writer.WriteDateTime(DateTime.UnixEpoch);
            writer.WriteDateTimeOffset(DateTimeOffset.UnixEpoch);
            writer.WriteBinary([1, 2, 3]);
            writer.WriteNil();
            writer.EndArray();
            writer.Flush();
        }
    }

    private static void AssertKey<T>(T key, JsonPayload.Writing write, JsonPayload.Reading<T> read) where T : notnull =>
        AssertKey(key, JsonSerializer.Serialize(new Dictionary<T, int> { [key] = 7 }, JsonPayload.Web), write, read);

    private static void AssertKey<T>(T key, string expected, JsonPayload.Writing write, JsonPayload.Reading<T> read)
    {
        var json = JsonPayload.Write((ref writer) =>
        {
            writer.BeginMap(1);
            writer.BeginKey();
            write(ref writer);
            writer.EndKey();
            writer.WriteInt32(7);
            writer.EndMap();
        });
        Assert.Equal(expected, json);
        Assert.Equal((key, 7), JsonPayload.Read(json, (ref reader) =>
        {
            var left = reader.BeginMap();
            Assert.True(reader.HasNext(ref left));
            reader.BeginKey();
            var actual = read(ref reader);
            reader.EndKey();
            var value = reader.ReadInt32();
            Assert.False(reader.HasNext(ref left));
            reader.EndMap();
            return (actual, value);
        }));
    }
}
