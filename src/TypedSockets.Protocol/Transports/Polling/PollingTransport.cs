namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>
/// What both ends of HTTP long-polling share: packets wait in a queue until a request can take them, and when another transport supersedes this one, it gets what waits and everything
/// that is sent from then on, whoever still holds on to this one.
/// </summary>
/// <param name="maxQueuedBytes">How much may wait to be sent.</param>
internal abstract class PollingTransport(long maxQueuedBytes) : PacketTransport
{
    private PacketTransport? _successor;

    public sealed override TransportKind Kind => Successor?.Kind ?? TransportKind.Polling;

    public sealed override WebSocketAgreement? Agreement => Successor?.Agreement;

    public sealed override PacketTransport? Successor => Volatile.Read(ref _successor);

    public sealed override long QueuedBytes
    {
        get
        {
            lock (Gate)
            {
                return Successor?.QueuedBytes ?? Queue.Bytes;
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
            return Successor is { } successor ? successor.TrySendBinary(part) : TryQueueUnsynchronized(part, isBinary: true, joins: true);
        }
    }

    public sealed override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary)
    {
        lock (Gate)
        {
            return Successor is { } successor ? successor.TrySendMessage(message, isBinary) : TryQueueUnsynchronized(message, isBinary, joins: false);
        }
    }

    public sealed override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments)
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                return successor.TrySendMessage(message, attachments);
            }

            if (!TryQueueUnsynchronized(message, isBinary: false, joins: false))
            {
                return false;
            }

            foreach (var attachment in attachments)
            {
                if (IsOpenUnsynchronized)
                {
                    Queue.AddBinary(attachment, joins: false);
                    OnQueuedUnsynchronized();
                }
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
                Queue.AddBinary(part, joins: true);
                OnQueuedUnsynchronized();
            }
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

    private bool TryQueueUnsynchronized(ReadOnlySpan<byte> bytes, bool isBinary, bool joins)
    {
        if (!IsOpenUnsynchronized)
        {
            return true;
        }

        if (!Queue.IsEmpty && Queue.Bytes + bytes.Length > maxQueuedBytes)
        {
            return false;
        }

        if (isBinary)
        {
            Queue.AddBinary(bytes, joins);
        }
        else
        {
            Queue.AddText(bytes);
        }

        OnQueuedUnsynchronized();
        return true;
    }
}
