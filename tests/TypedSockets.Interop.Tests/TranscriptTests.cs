using TypedSockets.Interop.Tests.Servers;
using TypedSockets.Interop.Tests.Transcripts;

namespace TypedSockets.Interop.Tests;

/// <summary>Each case is played against Engine.IO's own server and against this one. They do the same, or <c>docs/protocol/differences.md</c> says where not.</summary>
[Trait("Category", "Node")]
public sealed class TranscriptTests(ServerPairs servers) : IClassFixture<ServerPairs>
{
    public static TheoryData<string> Cases { get; } = new(Transcript.Cases.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case_AgainstBothServers_DiffersOnlyAsTheTableSays(string id)
    {
        var transcript = Transcript.Cases[id];
        var (node, ours) = await servers.GetAsync(transcript.HasHeartbeat ? Heartbeat.Quick : Heartbeat.Calm);
        var observed = await Task.WhenAll(Scene.PlayAsync(node, transcript), Scene.PlayAsync(ours, transcript));
        var difference = DifferenceTable.Compare(observed[0], observed[1]);

        DifferenceTable.Rows.TryGetValue(id, out var listed);
        if (listed is null)
        {
            Assert.True(difference is null, $"'{id}' differs, and docs/protocol/differences.md has no row for it. If this is how it should be, the row is:\n| `{id}` | {difference} | why |");
        }
        else
        {
            Assert.True(listed.IsSameAs(difference), $"'{id}' does not differ as its row in docs/protocol/differences.md says, but so:\n| `{id}` | {difference?.ToString() ?? "not at all"} | {listed.Why} |");
        }
    }

    [Fact]
    public void Table_HasNoRowWithoutACaseAndAReason() =>
        Assert.All(DifferenceTable.Rows, row => Assert.True(Transcript.Cases.ContainsKey(row.Key) && row.Value.Why.Length > 10, $"Row '{row.Key}' names no case, or does not say why."));
}
