using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Connections;

/// <summary>What becomes of events while the peer is behind.</summary>
internal abstract partial class EventConnection
{
    private DeliveryCounters? _delivery;

    /// <summary>How many events have been replaced by newer ones.</summary>
    public long ConflatedEvents => Volatile.Read(ref _delivery)?.Conflated ?? 0;

    /// <summary>How many events have been dropped.</summary>
    public long DroppedEvents => Volatile.Read(ref _delivery)?.Dropped ?? 0;

    /// <summary>The peer is behind, and an event could not go out at once. Runs on the thread that sent it.</summary>
    private protected abstract void OnBehind(ConsumerBehind behind);

    /// <inheritdoc/>
    public bool TryOffer(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments) => Transport.TryOffer(ToOutgoing(packet, attachments));

    /// <inheritdoc/>
    public void Conflate(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments, ReadOnlySpan<byte> key)
    {
        var counters = GetDelivery();
        Transport.Conflate(ToOutgoing(packet, attachments), key, counters);
        ReportBehind(counters);
    }

    /// <inheritdoc/>
    public void Drop()
    {
        var counters = GetDelivery();
        counters.Drop();
        ReportBehind(counters);
    }

    private DeliveryCounters GetDelivery() => LazyInitializer.EnsureInitialized(ref _delivery, static () => new DeliveryCounters());

    private void ReportBehind(DeliveryCounters counters)
    {
        if (counters.IsReportDue(Wheel.Now))
        {
            var transport = Transport;
            OnBehind(new ConsumerBehind(transport.QueuedBytes, transport.QueuedPackets, counters.Conflated, counters.Dropped));
        }
    }

    private OutgoingPacket ToOutgoing(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments) => Codec switch
    {
        EventCodec.Ts1 => new OutgoingPacket(packet, PacketForm.Part),
        EventCodec.SocketIOMessagePack => new OutgoingPacket(packet, PacketForm.Binary),
        _ => new OutgoingPacket(packet, PacketForm.Text, attachments),
    };

    /// <summary>Ends the session, whose peer reads too slowly.</summary>
    /// <param name="length">The size of the packet that found no room; 0 where that is not known any more.</param>
    public void CloseSlowConsumer(long length = 0)
    {
        var (bytes, packets) = (Transport.QueuedBytes + length, Transport.QueuedPackets + 1);
        Close(bytes <= MaxQueuedBytes && packets > MaxQueuedPackets
            ? new SlowConsumer(packets, MaxQueuedPackets) { Unit = QueueUnit.Packets }
            : new SlowConsumer(bytes, MaxQueuedBytes));
    }
}
