using System.Text.Json.Nodes;
using TypedSockets.Corpus;
using TypedSockets.Formats;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>The npm package @msgpack/msgpack reads what the generated serializers write, and they read what it writes.</summary>
[Trait("Category", "Node")]
public sealed class MessagePackInteropTests(PayloadPeer peer) : IClassFixture<PayloadPeer>
{
    /// <summary>With these the value arrives as it was; with any other something of it is lost.</summary>
    private static readonly string[] s_harmless = ["whole-floats", "single-precision", "digit-keys"];

    public static TheoryData<string> Names => [.. CorpusCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Value_IsReadByTheOtherAsWhatItIs_AndItsEncodingByUs(string name)
    {
        var item = CorpusCases.All.Single(candidate => candidate.Name == name);
        var ours = item.Encode(CorpusFormat.MessagePack);
        var value = new PlainArray([PlainValues.Of(item.Content)]);

        var answer = await peer.AskAsync("messagePack", Convert.ToBase64String(ours));

        AssertReading(value, answer);
        AssertEncoding(item, value, ours, new JavaScriptMessagePack(isExact: true), (string?)answer["exact"]);
        AssertEncoding(item, value, ours, new JavaScriptMessagePack(isExact: false), (string?)answer["again"]);
    }

    [Fact]
    public void EachDifference_IsListed()
    {
        var (exact, usual) = (new JavaScriptMessagePack(isExact: true), new JavaScriptMessagePack(isExact: false));
        foreach (var value in CorpusCases.All.Select(item => PlainValues.Of(item.Content)))
        {
            exact.Encode(value);
            usual.Encode(value);
        }

        Assert.Equal(exact.Differences.Union(usual.Differences).Append("lone-surrogates").Append("undefined").Order(StringComparer.Ordinal), PayloadDifferences.Listed("@msgpack/msgpack"));
    }

    [Fact]
    public async Task MembersThatThisEndDoesNotKnow_OfEveryKind_AreSkipped()
    {
        var item = Case("NullablePoint: given");
        var (value, _) = item.Decode(CorpusFormat.MessagePack, await SampleAsync("unknownMembers"));
        Assert.Equal(new Corpus.Types.Point(1.5, 2.5), value);
    }

    [Fact]
    public async Task Date_IsATimestamp()
    {
        var item = Case("DateTimeValue: epoch");
        var (value, _) = item.Decode(CorpusFormat.MessagePack, await SampleAsync("date"));
        Assert.Equal(new DateTime(2026, 11, 22, 10, 0, 0, 123, DateTimeKind.Utc), value);
    }

    [Theory]
    [InlineData("Text: plain", "extension")]
    [InlineData("DateTimeValue: epoch", "extension")]
    // Three bytes that stand for no character: the encoder's way for short strings does not look.
    [InlineData("Text: plain", "loneSurrogate")]
    public async Task Value_ThatTheTypeCannotHold_IsRefused(string name, string sample)
    {
        var payload = await SampleAsync(sample);
        Assert.Throws<PayloadException>(() => Case(name).Decode(CorpusFormat.MessagePack, payload));
    }

    [Fact]
    public async Task LoneSurrogate_InLongText_IsReplaced()
    {
        var (value, _) = Case("Text: plain").Decode(CorpusFormat.MessagePack, await SampleAsync("loneSurrogateInLongText"));
        Assert.StartsWith("a\ufffdb", Assert.IsType<string>(value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undefined_IsNull()
    {
        var (value, _) = Case("CollectionInterface: with null").Decode(CorpusFormat.MessagePack, await SampleAsync("undefinedAndNull"));
        Assert.Equal([null, null], Assert.IsType<IEnumerable<int?>>(value, exactMatch: false));
    }

    private async Task<byte[]> SampleAsync(string name) => Convert.FromBase64String((string)(await peer.AskAsync("sample", name))["again"]!);

    private static void AssertReading(Plain value, JsonObject answer)
    {
        var differences = new JavaScriptMessagePack(isExact: true);
        differences.Encode(value);
        if (differences.Differences.Contains("proto"))
        {
            Assert.Contains("__proto__", (string?)answer["unread"], StringComparison.Ordinal);
        }
        else
        {
            Assert.True(answer.ContainsKey("value"), (string?)answer["unread"]);
            Assert.Equal(JavaScriptMessagePack.Describe(value), (string?)answer["value"]);
        }
    }

    private static void AssertEncoding(CorpusCase item, Plain value, byte[] ours, JavaScriptMessagePack other, string? answer)
    {
        var theirs = answer is null ? null : Convert.FromBase64String(answer);
        var expected = other.Encode(value);
        if (other.Differences.Contains("nan"))
        {
            // ECMA-262 leaves the bits of a NaN open.
            Assert.Equal(expected?.Length, theirs?.Length);
            Assert.Equivalent(item.Content, item.Decode(CorpusFormat.MessagePack, theirs!).Value);
            return;
        }

        Assert.Equal(expected, theirs);
        if (other.Differences.Count == 0)
        {
            Assert.Equal(ours, theirs);
        }

        if (theirs is null || item.IsLossy)
        {
            return;
        }

        if (other.Differences.IsSubsetOf(s_harmless))
        {
            var (read, again) = item.Decode(CorpusFormat.MessagePack, theirs);
            if (item.IsUnordered || other.Differences.Contains("digit-keys"))
            {
                Assert.Equivalent(item.Content, read);
            }
            else
            {
                Assert.Equal(ours, again);
            }
        }
        else
        {
            Assert.False(IsReadAsTheSame(item, ours, theirs), $"{string.Join(", ", other.Differences)}: nothing is lost.");
        }
    }

    private static bool IsReadAsTheSame(CorpusCase item, byte[] ours, byte[] theirs)
    {
        try
        {
            return item.Decode(CorpusFormat.MessagePack, theirs).Payload.AsSpan().SequenceEqual(ours);
        }
        catch (PayloadException)
        {
            return false;
        }
    }

    private static CorpusCase Case(string name) => CorpusCases.All.Single(item => item.Name == name);
}
