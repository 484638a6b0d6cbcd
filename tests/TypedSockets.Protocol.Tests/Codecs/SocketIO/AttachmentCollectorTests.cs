using System.Text;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

public sealed class AttachmentCollectorTests
{
    private const string Two = """52-/chat,12["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""";
    private const int MaxBytes = 1_000;

    private readonly AttachmentCollector _collector = new(MaxBytes);

    [Fact]
    public void Packet_IsCompleteWithItsLastAttachment()
    {
        byte[] received = [1, 2];
        Begin(Two);
        Assert.False(_collector.Add(received));
        Assert.True(_collector.IsPending);
        // The receive buffer is used again.
        received[0] = 9;
        Assert.True(_collector.Add([3]));
        Assert.False(_collector.IsPending);
        var packet = _collector.Packet;
        Assert.Equal((SocketIOPacketType.BinaryEvent, 12u, 2), (packet.Type, packet.AckId, packet.Attachments));
        Assert.Equal([1, 2], _collector.Attachments[0].ToArray());
        Assert.Equal([3], _collector.Attachments[1].ToArray());
    }

    [Fact]
    public void Collector_IsUsedAgainForTheNextPacket()
    {
        Begin(Two);
        _collector.Add([1]);
        _collector.Add([2]);
        _collector.Clear();
        Assert.True(_collector.Attachments.IsEmpty);
        Begin("""51-["b"]""");
        Assert.True(_collector.Add([4]));
        Assert.Equal([4], _collector.Attachments[0].ToArray());
        Assert.Equal("b"u8, _collector.Packet.Name);
    }

    [Fact]
    public void PacketsWithoutAttachments_PassWhileNothingIsPending() => _collector.ThrowIfPending();

    [Fact]
    public void Text_WhileAttachmentsAreToCome_IsAViolation()
    {
        Begin(Two);
        _collector.Add([1]);
        Assert.Contains("1 attachments", Assert.Throws<SocketIOViolationException>(_collector.ThrowIfPending).Message, StringComparison.Ordinal);
        Assert.Throws<SocketIOViolationException>(() => Begin(Two));
    }

    [Fact]
    public void BinaryMessage_ThatNothingAnnounced_IsAViolation()
    {
        Assert.Throws<SocketIOViolationException>(() => _collector.Add([1]));
        Begin("""51-["b"]""");
        _collector.Add([1]);
        Assert.Throws<SocketIOViolationException>(() => _collector.Add([2]));
    }

    [Fact]
    public void PacketAndAttachments_ExceedTheLimitTogether()
    {
        Begin(Two);
        Assert.False(_collector.Add(new byte[MaxBytes - Two.Length - 1]));
        Assert.True(_collector.Add([1]));
        _collector.Clear();
        Begin(Two);
        _collector.Add(new byte[MaxBytes - Two.Length]);
        var reason = Assert.IsType<PayloadTooLarge>(Assert.Throws<PacketException>(() => _collector.Add([1])).Reason);
        Assert.Equal((MaxBytes + 1, MaxBytes), (reason.Bytes, reason.Limit));
        // What was refused is not kept.
        Assert.Equal(1, _collector.Attachments.Length);
    }

    [Fact]
    public void Packet_ThatExceedsTheLimitAlone_IsNotKept()
    {
        Assert.IsType<PayloadTooLarge>(Assert.Throws<PacketException>(() => Begin($"""51-["{new string('x', MaxBytes)}"]""")).Reason);
        Assert.False(_collector.IsPending);
    }

    private void Begin(string text)
    {
        var message = Encoding.UTF8.GetBytes(text);
        _collector.Begin(message, TextPacketReader.Read(message));
        Array.Clear(message);
    }
}
