using TypedSockets.Interop.Tests.Packets;
using TypedSockets.Interop.Tests.Transcripts;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Interop.Tests;

/// <summary>Each packet of the tables is read by Socket.IO's own parser and by ours. They make the same of it, or <c>docs/protocol/socketio.md</c> says where not.</summary>
[Trait("Category", "Node")]
public sealed class PacketReaderTests(PacketParsers parsers) : IClassFixture<PacketParsers>
{
    public static TheoryData<string> TextCases { get; } = new(TextPacketCases.All.Keys);

    public static TheoryData<string> MessagePackCases { get; } = new(MessagePackPacketCases.All.Keys);

    [Theory]
    [MemberData(nameof(TextCases))]
    public async Task Text_IsReadAsBySocketIO(string id)
    {
        var packet = TextPacketCases.All[id];
        Compare(packet, await parsers.DecodeAsync(PacketParsers.Text, packet.Messages), PacketVerdict.OfText(packet.Messages));
    }

    [Theory]
    [MemberData(nameof(MessagePackCases))]
    public async Task MessagePack_IsReadAsBySocketIO(string id)
    {
        var packet = MessagePackPacketCases.All[id];
        Compare(packet, await parsers.DecodeAsync(PacketParsers.MessagePack, packet.Messages), PacketVerdict.OfMessagePack((byte[])packet.Messages.Single()));
    }

    [Fact]
    public void Table_HasNoRowWithoutACaseAndAReason() => Assert.All(DifferenceTable.Packets, row => Assert.True(
        (TextPacketCases.All.ContainsKey(row.Key) || MessagePackPacketCases.All.ContainsKey(row.Key)) && row.Value.Why.Length > 10,
        $"Row '{row.Key}' names no case, or does not say why."));

    private static void Compare(PacketCase packet, string theirs, string ours)
    {
        var difference = theirs == ours ? null : new Difference($"`{theirs}`", $"`{ours}`");
        DifferenceTable.Packets.TryGetValue(packet.Id, out var listed);
        Assert.True(
            difference is null ? listed is null : difference.IsSameAs(listed),
            $"{packet}\nThe row in docs/protocol/socketio.md is {listed?.ToString() ?? "missing"}, and should be:\n| `{packet.Id}` | {difference?.ToString() ?? "no row at all"} | why |");
    }
}
