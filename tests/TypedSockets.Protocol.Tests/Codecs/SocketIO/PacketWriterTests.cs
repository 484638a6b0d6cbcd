using System.Text;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary><c>TypedSockets.Interop.Tests</c> lets the npm packages read the same packets.</summary>
public sealed class PacketWriterTests
{
    private static readonly SocketIONamespace s_chat = new("/chat");

    public static TheoryData<string> Cases { get; } = new(WrittenPackets.All.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_HasTheFormOfTheProtocolAndIsRead(string id)
    {
        var written = WrittenPackets.All[id];
        var messages = written.ToText();
        Assert.Equal(written.Packet, $"4{messages[0]}");
        Assert.Equal(written.Told, PacketVerdict.OfText(messages));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void MessagePack_IsRead(string id)
    {
        var written = WrittenPackets.All[id];
        Assert.Equal(written.Told, PacketVerdict.OfMessagePack(written.ToMessagePack()));
    }

    /// <summary>The example of socket.io-msgpack-parser's own client: 13 bytes.</summary>
    [Fact]
    public void MessagePack_OfConnect_HasTheBytesOfTheParser()
    {
        Assert.Equal("82" + "a474797065" + "00" + "a36e7370" + "a12f", Convert.ToHexStringLower(WrittenPackets.All["connect"].ToMessagePack()));
    }

    [Fact]
    public void Event_WithMoreAttachmentsThanAPacketTakes_IsRefusedAndTheNextOneHasNoneOfThem()
    {
        var route = new SocketIORoute(s_chat, "a");
        using (var buffer = PayloadBuffer.Rent())
        {
            var tooMany = new SampleValues([.. Enumerable.Repeat<object?>(new byte[1], 11)]);
            Assert.Contains("11 places", Assert.Throws<PayloadException>(() => TextPacketWriter.WriteEvent(buffer, route, null, tooMany, out _).ToArray()).Message, StringComparison.Ordinal);
        }

        using var next = PayloadBuffer.Rent();
        Assert.Equal("42/chat,[\"a\",5]", Encoding.UTF8.GetString(TextPacketWriter.WriteEvent(next, route, null, new SampleValues(5), out var attachments)));
        Assert.Empty(attachments);
    }

    /// <summary>Large enough for the buffer to grow under the head.</summary>
    [Theory]
    [InlineData(5_000)]
    [InlineData(300_000)]
    public void Event_LargerThanTheBuffer_KeepsItsHead(int characters)
    {
        var route = new SocketIORoute(s_chat, "a");
        var text = new string('x', characters);
        using var buffer = PayloadBuffer.Rent();
        Assert.Equal($"42/chat,7[\"a\",\"{text}\"]", Encoding.UTF8.GetString(TextPacketWriter.WriteEvent(buffer, route, 7, new SampleValues(text), out _)));
        using var other = PayloadBuffer.Rent();
        var packet = MessagePackPacketReader.Read(MessagePackPacketWriter.WriteTranscoded(other, s_chat, TextPacketReader.Read(buffer.Written[buffer.Written.IndexOf("2/chat"u8)..]), []));
        Assert.Equal((7u, 1), (packet.AckId, packet.ArgumentCount));
    }

    [Fact]
    public void SteadyWriting_AllocatesNothing()
    {
        var route = new SocketIORoute(s_chat, "said");
        Assert.Equal(0, Allocated(() =>
        {
            using var buffer = PayloadBuffer.Rent();
            TextPacketWriter.WriteEvent(buffer, route, 7, new Channels.TextArguments("a text"), out _);
        }));
        Assert.Equal(0, Allocated(() =>
        {
            using var buffer = PayloadBuffer.Rent();
            TextPacketWriter.WriteReply<string, Channels.TextCodec>(buffer, s_chat, 7, "a text", out _);
        }));
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("")]
    [InlineData("/a,b")]
    [InlineData("/a?b")]
    public void Namespace_ThatNoPacketCanName_IsRefused(string name) => Assert.Throws<ArgumentException>(() => new SocketIONamespace(name));

    [Theory]
    [InlineData("connect")]
    [InlineData("disconnecting")]
    public void Route_OfAReservedName_IsRefused(string name) => Assert.Throws<ArgumentException>(() => new SocketIORoute(s_chat, name));

    private static long Allocated(Action write)
    {
        for (var round = 0; round < 100; round++)
        {
            write();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        write();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
