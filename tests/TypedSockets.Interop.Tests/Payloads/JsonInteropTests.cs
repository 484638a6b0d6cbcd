using System.Text;
using TypedSockets.Corpus;
using TypedSockets.Formats;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary><c>JSON.parse</c> reads what the generated serializers write, and they read what <c>JSON.stringify</c> writes of it.</summary>
[Trait("Category", "Node")]
public sealed class JsonInteropTests(PayloadPeer peer) : IClassFixture<PayloadPeer>
{
    /// <summary>With these the value arrives as it was; with any other something of it is lost.</summary>
    private static readonly string[] s_harmless = ["exponents", "digit-keys"];

    public static TheoryData<string> Names => [.. CorpusCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Text_IsReadAndWrittenAgainByTheOther_AndThenReadByUs(string name)
    {
        var item = CorpusCases.All.Single(candidate => candidate.Name == name);
        var ours = item.Encode(CorpusFormat.Json);
        var other = new JavaScriptJson();
        var expected = other.Rewrite(Encoding.UTF8.GetString(ours));

        var theirs = (string)(await peer.AskAsync("json", Encoding.UTF8.GetString(ours)))["again"]!;

        Assert.Equal(expected, theirs);
        if (other.Differences.Count == 0)
        {
            Assert.Equal(Encoding.UTF8.GetString(ours), theirs);
        }

        if (item.IsLossy)
        {
            return;
        }

        if (other.Differences.IsSubsetOf(s_harmless))
        {
            var (read, again) = item.Decode(CorpusFormat.Json, Encoding.UTF8.GetBytes(theirs));
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
            Assert.False(IsReadAsTheSame(item, ours, Encoding.UTF8.GetBytes(theirs)), $"{string.Join(", ", other.Differences)}: nothing is lost.");
        }
    }

    [Fact]
    public void EachDifference_IsListed()
    {
        var other = new JavaScriptJson();
        foreach (var item in CorpusCases.All)
        {
            other.Rewrite(Encoding.UTF8.GetString(item.Encode(CorpusFormat.Json)));
        }

        Assert.Equal(other.Differences, PayloadDifferences.Listed("JSON.parse and JSON.stringify"));
    }

    private static bool IsReadAsTheSame(CorpusCase item, byte[] ours, byte[] theirs)
    {
        try
        {
            return item.Decode(CorpusFormat.Json, theirs).Payload.AsSpan().SequenceEqual(ours);
        }
        catch (PayloadException)
        {
            return false;
        }
    }
}
