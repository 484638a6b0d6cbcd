using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>
/// What both ends of HTTP long-polling share: packets wait in a queue until a request can take them, and when another transport supersedes this one, it gets what waits and everything
/// that is sent from then on, whoever still holds on to this one.
/// </summary>
/// <param name="maxQueuedBytes">How many bytes may wait to be sent.</param>
/// <param name="maxQueuedPackets">How many packets may wait to be sent.</param>
internal abstract class PollingTransport(long maxQueuedBytes, int maxQueuedPackets) : PacketTransport
{
    private readonly QueueLimits _limits = new(maxQueuedBytes, maxQueuedPackets);
    private PacketTransport? _successor;

    // What waits behind the queue, once a packet does that a newer one may replace. Guarded by the gate.
    private Outbox? _outbox;

    public sealed override TransportKind Kind => Successor?.Kind ?? TransportKind.Polling;

    public sealed override WebSocketAgreement? Agreement => Successor?.Agreement;

    public sealed override PacketTransport? Successor => Volatile.Read(ref _successor);

    public sealed override long QueuedBytes
    {
        get
        {
            lock (Gate)
            {
                return Successor?.QueuedBytes ?? Queue.Bytes + (_outbox?.Bytes ?? 0);
            }
        }
    }

    public sealed override int QueuedPackets
    {
        get
        {
            lock (Gate)
            {
                return Successor?.QueuedPackets ?? Queue.Packets + (_outbox?.Packets ?? 0);
            }
        }
    }

    private protected Lock Gate { get; } = new();

    /// <summary>What waits. Guarded by <see cref="Gate"/>.</summary>
    private protected PacketQueue Queue { get; } = new();

    /// <summary>Completed when the receive loop has something to look at. Guarded by <see cref="Gate"/>.</summary>
    private protected TaskCompletionSource Signal { get; set; } = NewSignal();

    public sealed override void Wake()
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                successor.Wake();
            }
            else
            {
                Signal.TrySetResult();
            }
        }
    }

    public sealed override void Pause() => throw new NotSupportedException("HTTP long-polling is superseded, not paused.");

    public sealed override bool TrySendBinary(ReadOnlySpan<byte> part)
    {
        lock (Gate)
        {
            return Successor is { } successor ? successor.TrySendBinary(part) : TryQueueUnsynchronized(new OutgoingPacket(part, PacketForm.Part));
        }
    }

    public sealed override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary)
    {
        lock (Gate)
        {
            return Successor is { } successor
                ? successor.TrySendMessage(message, isBinary)
                : TryQueueUnsynchronized(new OutgoingPacket(message, isBinary ? PacketForm.Binary : PacketForm.Text));
        }
    }

    public sealed override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm)
    {
        lock (Gate)
        {
            return Successor is { } successor
                ? successor.TrySendMessage(message, attachments, attachmentForm)
                : TryQueueUnsynchronized(new OutgoingPacket(message, PacketForm.Text, attachments, attachmentForm));
        }
    }

    public sealed override bool TryOffer(scoped in OutgoingPacket packet)
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                return successor.TryOffer(packet);
            }

            if (IsOpenUnsynchronized)
            {
                if (HasPacketsUnsynchronized && (IsBusyUnsynchronized || _outbox is not null || !_limits.AllowOffer(Queue.Bytes + packet.Length, Queue.Packets + 1)))
                {
                    return false;
                }

                QueueUnsynchronized(packet);
                OnQueuedUnsynchronized();
            }

            return true;
        }
    }

    public sealed override Task WhenSentAsync()
    {
        lock (Gate)
        {
            return Successor?.WhenSentAsync() ?? Queue.WhenEmptyAsync();
        }
    }

    public sealed override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters)
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                successor.Conflate(packet, key, counters);
            }
            else if (!TryOffer(packet))
            {
                // A request may have come for what waits since the packet was offered.
                _outbox ??= new Outbox(_limits, counters);
                _outbox.Conflate(packet, key, Queue.Bytes, Queue.Packets);
            }
        }
    }

    public sealed override void SendText(ReadOnlySpan<byte> packet)
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                successor.SendText(packet);
            }
            else if (IsOpenUnsynchronized)
            {
                Queue.AddText(packet);
                OnQueuedUnsynchronized();
            }
        }
    }

    public sealed override void SendBinary(ReadOnlySpan<byte> part)
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                successor.SendBinary(part);
            }
            else if (IsOpenUnsynchronized)
            {
                QueueWaitingUnsynchronized();
                Queue.AddBinary(part, joins: true);
                OnQueuedUnsynchronized();
            }
        }
    }

    public sealed override void SendTogether(Action send)
    {
        lock (Gate)
        {
            send();
        }
    }

    public sealed override void SendAll(PacketQueue packets) => throw new NotSupportedException("Nothing is moved to HTTP long-polling.");

    /// <summary>Hands the session over to another transport, with everything that waits.</summary>
    /// <param name="successor">Gets it.</param>
    /// <param name="first">What the successor sends before all else; empty for nothing.</param>
    /// <returns>False when this transport has ended or is not ready for it.</returns>
    public bool TrySupersede(PacketTransport successor, ReadOnlySpan<byte> first)
    {
        lock (Gate)
        {
            if (!TrySupersedeUnsynchronized())
            {
                return false;
            }

            if (!first.IsEmpty)
            {
                successor.SendText(first);
            }

            QueueWaitingUnsynchronized();
            successor.SendAll(Queue);
            Volatile.Write(ref _successor, successor);
            OnSupersededUnsynchronized();
            return true;
        }
    }

    private protected static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected abstract bool IsOpenUnsynchronized { get; }

    private protected abstract bool TrySupersedeUnsynchronized();

    private protected abstract void OnSupersededUnsynchronized();

    /// <summary>Something was added to the queue.</summary>
    private protected abstract void OnQueuedUnsynchronized();

    /// <summary>Whether there is no request that would take a packet now.</summary>
    private protected abstract bool IsBusyUnsynchronized { get; }

    /// <summary>Whether anything waits.</summary>
    private protected bool HasPacketsUnsynchronized => !Queue.IsEmpty || _outbox is not null;

    /// <summary>Moves all that waits to the queue, for a request that takes it, or because nothing else may come before it.</summary>
    private protected void QueueWaitingUnsynchronized()
    {
        if (_outbox is not { } outbox)
        {
            return;
        }

        _outbox = null;
        while (outbox.TryTake(out var waiting))
        {
            QueueUnsynchronized(waiting.Packet);
        }
    }

    /// <summary>Lets go of all that waits.</summary>
    private protected void ReleaseUnsynchronized()
    {
        Queue.Clear();
        _outbox = null;
    }

    private bool TryQueueUnsynchronized(scoped in OutgoingPacket packet)
    {
        if (!IsOpenUnsynchronized)
        {
            return true;
        }

        if (_outbox is { } outbox)
        {
            return outbox.TryAdd(packet, Queue.Bytes, Queue.Packets);
        }

        if (!Queue.IsEmpty && !_limits.Allow(Queue.Bytes + packet.Length, Queue.Packets + 1))
        {
            return false;
        }

        QueueUnsynchronized(packet);
        OnQueuedUnsynchronized();
        return true;
    }

    private void QueueUnsynchronized(scoped in OutgoingPacket packet)
    {
        Add(packet.Bytes, packet.Form);
        foreach (var attachment in packet.Attachments)
        {
            Add(attachment, packet.AttachmentForm);
        }

        void Add(ReadOnlySpan<byte> bytes, PacketForm form)
        {
            if (form is PacketForm.Text)
            {
                Queue.AddText(bytes);
            }
            else
            {
                Queue.AddBinary(bytes, joins: form is PacketForm.Part);
            }
        }
    }
}
