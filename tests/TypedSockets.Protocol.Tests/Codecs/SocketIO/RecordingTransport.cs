using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>Writes down what is sent and how it is closed. What is received, tests hand on themselves.</summary>
internal sealed class RecordingTransport : PacketTransport
{
    public List<string> Sent { get; } = [];

    public bool IsClosed { get; private set; }

    public override TransportKind Kind => TransportKind.WebSocket;

    public override long QueuedBytes => 0;

    public override int QueuedPackets => 0;

    public override Task WhenSentAsync() => Task.CompletedTask;

    public override Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver) => throw new NotSupportedException();

    public override void Wake()
    {
    }

    public override void Pause()
    {
    }

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => Add(part, isBinary: true);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary) => Add(message, isBinary);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm)
    {
        Add(message, isBinary: false);
        foreach (var attachment in attachments)
        {
            Add(attachment, isBinary: true);
        }

        return true;
    }

    public override bool TryOffer(scoped in OutgoingPacket packet) => throw new NotSupportedException();

    public override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters) => throw new NotSupportedException();

    public override void SendText(ReadOnlySpan<byte> packet) => Add(packet, isBinary: false);

    public override void SendBinary(ReadOnlySpan<byte> part) => Add(part, isBinary: true);

    public override void SendAll(PacketQueue packets) => throw new NotSupportedException();

    public override void Close(int closeCode, string? text) => IsClosed = true;

    public override void Abort() => IsClosed = true;

    public override Task FinishAsync() => Task.CompletedTask;

    private bool Add(ReadOnlySpan<byte> packet, bool isBinary)
    {
        Sent.Add(isBinary ? Convert.ToHexStringLower(packet) : System.Text.Encoding.UTF8.GetString(packet));
        return true;
    }
}
