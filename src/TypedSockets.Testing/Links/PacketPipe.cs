using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Testing;

/// <summary>One direction of one connection: what one end sends and the other takes. Everything is guarded by the gate of the link, which both directions share.</summary>
internal sealed class PacketPipe(LinkDirection direction, Lock gate, Traffic traffic)
{
    // On its way; arrives when the direction is not held any more.
    private readonly PacketQueue _held = new();

    // Arrived, and not taken by the receiver.
    private readonly PacketQueue _arrived = new();

    // What waits behind that at the sender, once a packet does that a newer one may replace.
    private Outbox? _outbox;
    private TransportClose? _end;
    private TaskCompletionSource? _waiting;
    private bool _isCut;
    private bool _isWoken;
    private bool _isBusy;
    private bool _isResting;
    private bool _isReleased;

    /// <summary>How many bytes wait for the receiver.</summary>
    public long QueuedBytes
    {
        get
        {
            lock (gate)
            {
                return _arrived.Bytes + (_outbox?.Bytes ?? 0);
            }
        }
    }

    /// <summary>How many packets wait for the receiver.</summary>
    public int QueuedPackets
    {
        get
        {
            lock (gate)
            {
                return _arrived.Packets + (_outbox?.Packets ?? 0);
            }
        }
    }

    /// <summary>Whether nothing more can be sent.</summary>
    public bool IsOverUnsynchronized => _end is not null || _isReleased;

    private bool IsEndUnsynchronized => _arrived.IsEmpty && _end is not null && (_isCut || !direction.IsHeld);

    private bool IsReadableUnsynchronized => (!_arrived.IsEmpty || IsEndUnsynchronized) && (_isCut || !direction.IsFrozen);

    /// <summary>Sends one message, whatever waits; a text may overtake what waits at the sender.</summary>
    public void Send(ReadOnlySpan<byte> message, bool isBinary)
    {
        lock (gate)
        {
            if (isBinary)
            {
                SendWaitingUnsynchronized();
            }

            SendUnsynchronized(message, isBinary);
        }
    }

    /// <summary>Sends a packet. Returns false when more would wait than may.</summary>
    public bool TrySend(scoped in OutgoingPacket packet, QueueLimits limits)
    {
        lock (gate)
        {
            if (_outbox is { } outbox)
            {
                return outbox.TryAdd(packet, _arrived.Bytes, _arrived.Packets);
            }

            if (!_arrived.IsEmpty && !limits.Allow(_arrived.Bytes + packet.Length, _arrived.Packets + 1))
            {
                return false;
            }

            SendUnsynchronized(packet);
            return true;
        }
    }

    /// <summary>Sends a packet unless the receiver is behind, which it is while it is frozen. Returns false when it is.</summary>
    public bool TryOffer(scoped in OutgoingPacket packet)
    {
        lock (gate)
        {
            if (direction.IsFrozen && !IsOverUnsynchronized)
            {
                return false;
            }

            SendUnsynchronized(packet);
            return true;
        }
    }

    /// <inheritdoc cref="PacketTransport.Conflate"/>
    public void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, QueueLimits limits, DeliveryCounters counters)
    {
        lock (gate)
        {
            if (!TryOffer(packet))
            {
                _outbox ??= new Outbox(limits, counters);
                _outbox.Conflate(packet, key, _arrived.Bytes, _arrived.Packets);
            }
        }
    }

    /// <summary>Completes when what waits now has been taken, or nothing can be sent any more.</summary>
    public Task WhenTakenAsync()
    {
        lock (gate)
        {
            return IsOverUnsynchronized ? Task.CompletedTask : _arrived.WhenEmptyAsync();
        }
    }

    /// <summary>Nothing follows; the receiver sees it behind everything that was sent.</summary>
    public void End(TransportClose end)
    {
        lock (gate)
        {
            SendWaitingUnsynchronized();
            _end ??= end;
            SignalUnsynchronized();
        }
    }

    /// <summary>The connection breaks: what is on its way is lost, and what has arrived is still handed on where the receiver takes anything.</summary>
    public void CutUnsynchronized()
    {
        _held.Clear();
        _outbox = null;
        if (direction.IsFrozen)
        {
            _arrived.Clear();
        }

        _end ??= new TransportClose();
        _isCut = true;
        SignalUnsynchronized();
    }

    /// <summary>What was held arrives.</summary>
    public void ArriveUnsynchronized()
    {
        while (!_held.IsEmpty)
        {
            var packet = _held.Peek(out var isBinary);
            AddUnsynchronized(_arrived, packet, isBinary);
            _held.Remove();
        }

        SignalUnsynchronized();
    }

    /// <summary>The receiver takes packets again.</summary>
    public void ThawUnsynchronized()
    {
        SendWaitingUnsynchronized();
        SignalUnsynchronized();
    }

    /// <summary>Takes the next packet that has arrived. For the receiver.</summary>
    public bool TryTake(out byte[] packet, out bool isBinary)
    {
        lock (gate)
        {
            (packet, isBinary) = ([], false);
            if (_arrived.IsEmpty || !IsReadableUnsynchronized)
            {
                return false;
            }

            packet = _arrived.Peek(out isBinary).ToArray();
            _arrived.Remove();
            return true;
        }
    }

    /// <summary>How the direction ended, once everything has been taken; null while it has not. For the receiver.</summary>
    public TransportClose? GetEnd()
    {
        lock (gate)
        {
            return IsEndUnsynchronized && IsReadableUnsynchronized ? _end : null;
        }
    }

    /// <summary>Completes when there is something to take, the end, or <see cref="Wake"/>. For the receiver.</summary>
    public Task WaitAsync()
    {
        lock (gate)
        {
            if (_isWoken || IsReadableUnsynchronized)
            {
                _isWoken = false;
                return Task.CompletedTask;
            }

            IdleUnsynchronized();
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }

    /// <summary>Lets <see cref="WaitAsync"/> complete once.</summary>
    public void Wake()
    {
        lock (gate)
        {
            _isWoken = true;
            WakeUnsynchronized();
        }
    }

    /// <summary>The receiver waits for the application, and not for packets: nobody who waits for packets to be handed on waits for it.</summary>
    public void Rest()
    {
        lock (gate)
        {
            _isResting = true;
            IdleUnsynchronized();
        }
    }

    /// <summary>The receiver looks at packets again.</summary>
    public void Resume()
    {
        lock (gate)
        {
            _isResting = false;
            SignalUnsynchronized();
        }
    }

    /// <summary>The receiver is gone.</summary>
    public void Release()
    {
        lock (gate)
        {
            _isReleased = true;
            IdleUnsynchronized();
            _held.Clear();
            _arrived.Clear();
            _outbox = null;
        }
    }

    private static void AddUnsynchronized(PacketQueue queue, ReadOnlySpan<byte> packet, bool isBinary)
    {
        // Every packet stays one of its own, so that a test can count them.
        if (isBinary)
        {
            queue.AddBinary(packet, joins: false);
        }
        else
        {
            queue.AddText(packet);
        }
    }

    private void SendUnsynchronized(ReadOnlySpan<byte> packet, bool isBinary)
    {
        if (IsOverUnsynchronized)
        {
            return;
        }

        AddUnsynchronized(direction.IsHeld ? _held : _arrived, packet, isBinary);
        SignalUnsynchronized();
        direction.CountUnsynchronized();
    }

    private void SendUnsynchronized(scoped in OutgoingPacket packet)
    {
        SendUnsynchronized(packet.Bytes, packet.Form is not PacketForm.Text);
        foreach (var attachment in packet.Attachments)
        {
            SendUnsynchronized(attachment, packet.AttachmentForm is not PacketForm.Text);
        }
    }

    private void SendWaitingUnsynchronized()
    {
        if (_outbox is not { } outbox)
        {
            return;
        }

        _outbox = null;
        while (outbox.TryTake(out var waiting))
        {
            SendUnsynchronized(waiting.Packet);
        }
    }

    private void SignalUnsynchronized()
    {
        if (IsReadableUnsynchronized)
        {
            WakeUnsynchronized();
        }
    }

    private void WakeUnsynchronized()
    {
        if (!_isBusy && !_isResting && !_isReleased)
        {
            _isBusy = true;
            traffic.Begin();
        }

        _waiting?.TrySetResult();
        _waiting = null;
    }

    private void IdleUnsynchronized()
    {
        if (_isBusy)
        {
            _isBusy = false;
            traffic.End();
        }
    }
}
