using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Testing;

/// <summary>One end of a connection in memory. It keeps the rules of a WebSocket without its frames: messages have limits and bounds, and each end says goodbye.</summary>
internal sealed class InMemoryTransport(PacketPipe incoming, PacketPipe outgoing, TransportLimits limits) : PacketTransport
{
    private volatile bool _isClosing;
    private volatile bool _isAborted;

    public override TransportKind Kind => TransportKind.WebSocket;

    public override long QueuedBytes => outgoing.QueuedBytes;

    public override int QueuedPackets => outgoing.QueuedPackets;

    public override async Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver)
    {
        while (!_isClosing)
        {
            if (incoming.TryTake(out var packet, out var isBinary))
            {
                HandOn(receiver, packet, isBinary);
            }
            else if (incoming.GetEnd() is { } end)
            {
                return end;
            }
            else
            {
                await incoming.WaitAsync().ConfigureAwait(false);
            }

            await WhenReadyAsync(receiver).ConfigureAwait(false);
        }

        return null;
    }

    public override void Wake() => incoming.Wake();

    public override void Pause() => throw new NotSupportedException("A connection in memory is never probed, so nobody pauses it.");

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => outgoing.TrySend(new OutgoingPacket(part, PacketForm.Part), limits.Queue);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary) => outgoing.TrySend(new OutgoingPacket(message, isBinary ? PacketForm.Binary : PacketForm.Text), limits.Queue);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm) =>
        outgoing.TrySend(new OutgoingPacket(message, PacketForm.Text, attachments, attachmentForm), limits.Queue);

    public override bool TryOffer(scoped in OutgoingPacket packet) => outgoing.TryOffer(packet);

    public override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters) => outgoing.Conflate(packet, key, limits.Queue, counters);

    public override Task WhenSentAsync() => outgoing.WhenTakenAsync();

    public override void SendText(ReadOnlySpan<byte> packet) => outgoing.Send(packet, isBinary: false);

    public override void SendBinary(ReadOnlySpan<byte> part) => outgoing.Send(part, isBinary: true);

    public override void SendAll(PacketQueue packets) => throw new NotSupportedException("A session does not move to a connection in memory.");

    public override void Close(int closeCode, string? text)
    {
        outgoing.End(new TransportClose(closeCode, text) { Initiator = Initiator.Remote });
        StopReceiving();
    }

    public override void Abort()
    {
        _isAborted = true;
        outgoing.End(new TransportClose());
        StopReceiving();
    }

    public override async Task FinishAsync()
    {
        try
        {
            if (_isClosing)
            {
                await AwaitGoodbyeAsync().ConfigureAwait(false);
            }
            else
            {
                // RFC 6455 §5.5.1: a goodbye is answered.
                outgoing.End(new TransportClose { Initiator = Initiator.Remote });
            }
        }
        finally
        {
            incoming.Release();
        }
    }

    private void HandOn(IPacketReceiver receiver, byte[] packet, bool isBinary)
    {
        if (packet.Length > limits.MaxPayloadBytes)
        {
            var reason = new PayloadTooLarge(packet.Length, limits.MaxPayloadBytes);
            receiver.OnViolation(reason, CloseCode.Of(reason));
        }
        else if (isBinary)
        {
            receiver.OnBinary(packet);
        }
        else
        {
            receiver.OnText(packet);
        }
    }

    private async ValueTask WhenReadyAsync(IPacketReceiver receiver)
    {
        var ready = receiver.WhenReadyAsync();
        if (ready.IsCompleted)
        {
            await ready.ConfigureAwait(false);
            return;
        }

        incoming.Rest();
        await ready.ConfigureAwait(false);
        incoming.Resume();
    }

    private async Task AwaitGoodbyeAsync()
    {
        while (!_isAborted && incoming.GetEnd() is null)
        {
            if (!incoming.TryTake(out _, out _))
            {
                await incoming.WaitAsync().ConfigureAwait(false);
            }
        }
    }

    private void StopReceiving()
    {
        _isClosing = true;
        incoming.Wake();
    }
}
