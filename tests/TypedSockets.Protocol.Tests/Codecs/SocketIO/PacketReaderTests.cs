using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>The tables of packets. <c>TypedSockets.Interop.Tests</c> holds each case against the npm packages.</summary>
public sealed class PacketReaderTests
{
    public static TheoryData<string> TextCases { get; } = new(TextPacketCases.All.Keys);

    public static TheoryData<string> MessagePackCases { get; } = new(MessagePackPacketCases.All.Keys);

    [Theory]
    [MemberData(nameof(TextCases))]
    public void Text_IsReadOrRefusedAsTheTableSays(string id)
    {
        var packet = TextPacketCases.All[id];
        Assert.Equal(packet.Ours, PacketVerdict.OfText(packet.Messages));
    }

    [Theory]
    [MemberData(nameof(MessagePackCases))]
    public void MessagePack_IsReadOrRefusedAsTheTableSays(string id)
    {
        var packet = MessagePackPacketCases.All[id];
        Assert.Equal(packet.Ours, PacketVerdict.OfMessagePack((byte[])packet.Messages.Single()));
    }
}
