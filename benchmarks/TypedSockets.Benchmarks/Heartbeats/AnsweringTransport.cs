using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Benchmarks.Heartbeats;

/// <summary>A transport without a network: its peer answers every ping at once, and says nothing else.</summary>
internal sealed class AnsweringTransport : PacketTransport
{
    private readonly TaskCompletionSource<DisconnectReason?> _ended = new();
    private IPacketReceiver? _receiver;

    public static long Answers { get; private set; }

    public override TransportKind Kind => TransportKind.WebSocket;

    public override long QueuedBytes => 0;

    public override int QueuedPackets => 0;

    public override Task WhenSentAsync() => Task.CompletedTask;

    public override Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver)
    {
        _receiver = receiver;
        return _ended.Task;
    }

    // Every ping comes from the one timer, so the count needs no care.
    public override void SendText(ReadOnlySpan<byte> packet)
    {
        if (packet[0] == (byte)PacketType.Ping)
        {
            Answers++;
            _receiver!.OnText([(byte)PacketType.Pong]);
        }
    }

    public override void SendBinary(ReadOnlySpan<byte> message)
    {
    }

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => true;

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary) => true;

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm) => true;

    public override bool TryOffer(scoped in OutgoingPacket packet) => true;

    public override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters)
    {
    }

    public override void SendAll(PacketQueue packets) => packets.Clear();

    public override void Wake()
    {
    }

    public override void Pause()
    {
    }

    public override void Close(int closeCode, string? text) => _ended.TrySetResult(null);

    public override void Abort() => _ended.TrySetResult(null);

    public override Task FinishAsync() => Task.CompletedTask;
}
