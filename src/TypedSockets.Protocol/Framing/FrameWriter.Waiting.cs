using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Framing;

/// <summary>What happens while a flush is pending: the pipe has as much as it wants, so the peer is behind.</summary>
internal sealed partial class FrameWriter
{
    private readonly QueueLimits _limits = new(maxQueuedBytes, maxQueuedPackets);

    // There is one only while a flush is pending, so who finds none pending need not look for it.
    private Outbox? _outbox;

    // What has been written since the pending flush began.
    private long _queuedBytes;
    private int _queuedPackets;

    /// <summary>How many bytes wait behind the pending flush.</summary>
    public long QueuedBytes
    {
        get
        {
            lock (_gate)
            {
                return _queuedBytes + (_outbox?.Bytes ?? 0);
            }
        }
    }

    /// <summary>How many packets wait behind the pending flush.</summary>
    public int QueuedPackets
    {
        get
        {
            lock (_gate)
            {
                return _queuedPackets + (_outbox?.Packets ?? 0);
            }
        }
    }

    /// <summary>Writes a packet unless a flush is pending.</summary>
    /// <returns>False when one is; nothing was written then.</returns>
    public bool TryOffer(scoped in OutgoingPacket packet)
    {
        lock (_gate)
        {
            if (_isEnded || _isCloseWritten)
            {
                return true;
            }

            if (_isFlushing)
            {
                return false;
            }

            WriteUnsynchronized(packet);
            return true;
        }
    }

    /// <inheritdoc cref="PacketTransport.Conflate"/>
    public void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters)
    {
        lock (_gate)
        {
            // The flush may have ended since the packet was offered.
            if (!TryOffer(packet))
            {
                _outbox ??= new Outbox(_limits, counters);
                _outbox.Conflate(packet, key, _queuedBytes, _queuedPackets);
            }
        }
    }

    private bool TryQueueUnsynchronized(scoped in OutgoingPacket packet)
    {
        if (_outbox is { } outbox)
        {
            return outbox.TryAdd(packet, _queuedBytes, _queuedPackets);
        }

        var bytes = _queuedBytes + packet.Length;
        if (!_limits.Allow(bytes, _queuedPackets + 1))
        {
            return false;
        }

        (_queuedBytes, _queuedPackets) = (bytes, _queuedPackets + 1);
        WriteUnsynchronized(packet);
        return true;
    }

    private void WriteUnsynchronized(scoped in OutgoingPacket packet)
    {
        AddUnsynchronized(packet);
        RequestFlushUnsynchronized();
    }

    private void AddUnsynchronized(scoped in OutgoingPacket packet)
    {
        if (packet.Form is PacketForm.Part)
        {
            AppendUnsynchronized(packet.Bytes);
            return;
        }

        SealUnsynchronized();
        WriteMessageUnsynchronized(OpcodeOf(packet.Form), packet.Bytes);
        foreach (var attachment in packet.Attachments)
        {
            WriteMessageUnsynchronized(OpcodeOf(packet.AttachmentForm), attachment);
        }
    }

    /// <summary>The peer reads again: writes what waits until the pipe has enough once more.</summary>
    private void CatchUpUnsynchronized()
    {
        while (_outbox is { } outbox && !_isFlushing && !_isEnded)
        {
            for (long written = 0; written < MaxBatchPart && outbox.TryTake(out var waiting); written += waiting.Size)
            {
                AddUnsynchronized(waiting.Packet);
            }

            _outbox = outbox.IsEmpty ? null : outbox;
            FlushUnsynchronized();
        }

        if (_isEnded)
        {
            _outbox = null;
        }
    }

    /// <summary>Writes all that waits, because nothing else may come before it.</summary>
    private void WriteWaitingUnsynchronized()
    {
        if (_outbox is not { } outbox)
        {
            return;
        }

        _outbox = null;
        while (outbox.TryTake(out var waiting))
        {
            _queuedBytes += waiting.Size;
            _queuedPackets++;
            AddUnsynchronized(waiting.Packet);
        }
    }

    private static Opcode OpcodeOf(PacketForm form) => form is PacketForm.Text ? Opcode.Text : Opcode.Binary;
}
