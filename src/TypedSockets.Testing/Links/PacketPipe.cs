using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Testing;

/// <summary>One direction of one connection: what one end sends and the other takes. Everything is guarded by the gate of the link, which both directions share.</summary>
internal sealed class PacketPipe(LinkDirection direction, Lock gate, Traffic traffic)
{
    // On its way; arrives when the direction is not held any more.
    private readonly PacketQueue _held = new();

    // Arrived, and not taken by the receiver.
    private readonly PacketQueue _arrived = new();
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
                return _arrived.Bytes;
            }
        }
    }

    /// <summary>Whether nothing more can be sent.</summary>
    public bool IsOverUnsynchronized => _end is not null || _isReleased;

    private bool IsEndUnsynchronized => _arrived.IsEmpty && _end is not null && (_isCut || !direction.IsHeld);

    private bool IsReadableUnsynchronized => (!_arrived.IsEmpty || IsEndUnsynchronized) && (_isCut || !direction.IsFrozen);

    /// <summary>Sends one packet, whatever waits.</summary>
    public void Send(ReadOnlySpan<byte> packet, bool isBinary)
    {
        lock (gate)
        {
            SendUnsynchronized(packet, isBinary);
        }
    }

    /// <summary>Sends a packet and others behind it. Returns false when more would wait than may.</summary>
    public bool TrySend(ReadOnlySpan<byte> packet, bool isBinary, ReadOnlySpan<byte[]> attachments, long maxQueuedBytes)
    {
        lock (gate)
        {
            if (!_arrived.IsEmpty && _arrived.Bytes + packet.Length > maxQueuedBytes)
            {
                return false;
            }

            SendUnsynchronized(packet, isBinary);
            foreach (var attachment in attachments)
            {
                SendUnsynchronized(attachment, isBinary: true);
            }

            return true;
        }
    }

    /// <summary>Nothing follows; the receiver sees it behind everything that was sent.</summary>
    public void End(TransportClose end)
    {
        lock (gate)
        {
            _end ??= end;
            SignalUnsynchronized();
        }
    }

    /// <summary>The connection breaks: what is on its way is lost, and what has arrived is still handed on where the receiver takes anything.</summary>
    public void CutUnsynchronized()
    {
        _held.Clear();
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

    /// <summary>The direction is not frozen any more, or not held.</summary>
    public void SignalUnsynchronized()
    {
        if (IsReadableUnsynchronized)
        {
            WakeUnsynchronized();
        }
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
