using System.Text;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Whatever arrives ends in <see cref="PayloadException"/> or in a value: never in another exception, a hang, a deep stack or memory out of proportion.</summary>
public sealed class JsonHostileTests
{
    private static readonly byte[] s_alphabet = "{}[]\",:\\u0019deE+-.tfn \n\t/aZT=\0"u8.ToArray();

    private static readonly byte[][] s_beginnings =
        [[], "["u8.ToArray(), "\""u8.ToArray(), "{\""u8.ToArray(), "\"\\ud83d\\u"u8.ToArray(), "[{\"a\":1,\""u8.ToArray(), "1."u8.ToArray(), "\"2024-07-01T12:3"u8.ToArray(), "\"12:30:00."u8.ToArray()];

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(512)]
    public void Depth_AtTheLimitIsRead_BeyondItIsRefused(int limit)
    {
        var limits = new PayloadLimits { MaxDepth = limit };
        foreach (var (open, close) in ((string, string)[])[("[", "]"), ("{\"a\":", "}")])
        {
            var inner = open == "[" ? "[]" : "{}";
            var fits = string.Concat(Enumerable.Repeat(open, limit - 1)) + inner + string.Concat(Enumerable.Repeat(close, limit - 1));
            Assert.True(JsonPayload.Read(fits, (ref reader) => Skip(ref reader), limits));
            var exception = JsonPayload.AssertUnreadable(open + fits + close, (ref reader) => Skip(ref reader), limits);
            Assert.Contains("MaxDepth", exception.Message, StringComparison.Ordinal);
        }

        var lists = new string('[', limit);
        Assert.Equal(limit, JsonPayload.Read(lists + new string(']', limit), (ref reader) => Descend(ref reader, limit), limits));
        JsonPayload.AssertUnreadable(lists + "[" + new string(']', limit + 1), (ref reader) => Descend(ref reader, limit + 1), limits);
    }

    [Fact]
    public void Depth_OfSkippedAndReadValues_AddsUp()
    {
        var limits = new PayloadLimits { MaxDepth = 3 };
        Assert.True(JsonPayload.Read("[[[]]]", (ref reader) => EnterAndSkip(ref reader), limits));
        JsonPayload.AssertUnreadable("[[[[]]]]", (ref reader) => EnterAndSkip(ref reader), limits);
        Assert.True(JsonPayload.Read("[[],[[]],{},[],{\"a\":[]}]", (ref reader) => Skip(ref reader), limits));

        static bool EnterAndSkip(ref JsonReader reader)
        {
            reader.BeginArray();
            reader.Skip();
            reader.EndArray();
            return true;
        }
    }

    [Fact]
    public void MillionOpenBrackets_DoNotRecurse()
    {
        foreach (var open in (string[])["[", "{\"\":", "[{\"\":"])
        {
            JsonPayload.AssertUnreadable(string.Concat(Enumerable.Repeat(open, 1_000_000)), (ref reader) => Skip(ref reader), new PayloadLimits { MaxDepth = 512 });
        }
    }

    [Fact]
    public void CollectionLength_AtTheLimitIsRead_BeyondItIsRefused()
    {
        var limits = new PayloadLimits { MaxCollectionLength = 3 };
        Assert.Equal(3, JsonPayload.Read("[0,0,0]", (ref reader) => Count(ref reader), limits));
        var exception = JsonPayload.AssertUnreadable("[0,0,0,0]", (ref reader) => Count(ref reader), limits);
        Assert.Contains("MaxCollectionLength", exception.Message, StringComparison.Ordinal);

        static int Count(ref JsonReader reader)
        {
            var count = 0;
            var left = reader.BeginArray();
            while (reader.HasNext(ref left))
            {
                reader.Skip();
                count++;
            }

            reader.EndArray();
            return count;
        }
    }

    [Fact]
    public void Truncation_AtEveryByte_IsUnreadable()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var json = Encoding.UTF8.GetBytes($"[{Encoding.UTF8.GetString(JsonDocuments.Create(random))},\"\\ud83d\\ude00ä\",true,null]");
            Assert.NotNull(JsonDocuments.ReadOurs(json));
            for (var length = 0; length < json.Length; length++)
            {
                Assert.Null(JsonDocuments.ReadOurs(json.AsSpan(0, length)));
                Assert.False(JsonDocuments.IsSkipped(json.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void RandomText_EndsInValuesOrAPayloadException_WithinProportionateMemory()
    {
        const int Rounds = 100_000;
        var random = new Random(7_007);
        var payload = new byte[200];
        for (var round = 0; round < Rounds; round++)
        {
            for (var index = 0; index < payload.Length; index++)
            {
                payload[index] = random.Next(20) == 0 ? (byte)random.Next(256) : s_alphabet[random.Next(s_alphabet.Length)];
            }

            // What begins well goes further.
            s_beginnings[random.Next(s_beginnings.Length)].CopyTo(payload, 0);

            var input = payload.AsSpan(0, random.Next(payload.Length));
            var reading = JsonReadings.All[round % JsonReadings.All.Length];
            var before = GC.GetAllocatedBytesForCurrentThread();
            var failures = AttemptUntilItFails(input, reading);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= (8 * input.Length) + (failures * 8_192) + 1_024, $"{allocated} bytes for an input of {input.Length}, round {round}.");
        }
    }

    [Theory]
    [InlineData("\\u0061")]
    [InlineData("\\\\")]
    [InlineData("ä")]
    [InlineData(" ")]
    [InlineData("x")]
    public void LongText_IsReadInOnePass(string piece)
    {
        // Quadratic time would take minutes.
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000));
        JsonPayload.Read($"\"{text}\"", (ref reader) => reader.ReadString());
        JsonPayload.Read($"[\"{text}\"]", (ref reader) => Skip(ref reader));
        JsonPayload.AssertUnreadable($"\"{text}\"", (ref reader) => reader.ReadDouble());
        JsonPayload.AssertUnreadable($"\"{text}\"", (ref reader) => reader.ReadDecimal());
        JsonPayload.AssertUnreadable($"\"{text}\"", (ref reader) => reader.ReadInt64());
    }

    [Fact]
    public void LongNumbersAndSpaces_AreReadInOnePass()
    {
        var digits = new string('9', 1_000_000);
        Assert.Equal(double.PositiveInfinity, JsonPayload.Read(digits, (ref reader) => reader.ReadDouble()));
        Assert.Equal(0.1, JsonPayload.Read($"0.1{new string('0', 1_000_000)}", (ref reader) => reader.ReadDouble()));
        JsonPayload.AssertUnreadable(digits, (ref reader) => reader.ReadInt64());
        JsonPayload.AssertUnreadable(digits, (ref reader) => reader.ReadDecimal());
        var spaces = new string(' ', 1_000);
        Assert.True(JsonPayload.Read($"[{string.Join(spaces + "," + spaces, Enumerable.Repeat("1", 1_000))}{spaces}]", (ref reader) =>
        {
            reader.BeginArray();
            reader.EndArray();
            return true;
        }));
    }

    private static bool Skip(ref JsonReader reader)
    {
        reader.Skip();
        return true;
    }

    private static int Descend(ref JsonReader reader, int depth)
    {
        for (var level = 0; level < depth; level++)
        {
            reader.BeginArray();
        }

        for (var level = 0; level < depth; level++)
        {
            reader.EndArray();
        }

        return depth;
    }

    /// <summary>Reads one value after the other until the payload ends or one cannot be read. Returns 1 in the second case.</summary>
    private static int AttemptUntilItFails(ReadOnlySpan<byte> payload, JsonReadings.Attempt reading)
    {
        var reader = new JsonReader(payload, PayloadLimits.Default);
        try
        {
            while (reader.Position < payload.Length)
            {
                reading(ref reader);
            }

            return 0;
        }
        catch (PayloadException)
        {
            return 1;
        }
    }
}
