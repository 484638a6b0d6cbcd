using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>
/// An event with streams that the peer has sent. It is known from its arrival on, since credit and cancellations do not wait for the handlers before it, until it is answered. Safe for
/// concurrent use.
/// </summary>
/// <param name="channel">Carries the streams.</param>
/// <param name="eventId">The event.</param>
/// <param name="ackId">What correlates its answer and its streams.</param>
/// <param name="received">How many streams the event takes.</param>
internal sealed class ServedCall(EventChannel channel, int eventId, uint ackId, int received) : IIncomingStreamOwner
{
    private readonly Lock _gate = new();
    private readonly Received[] _received = new Received[received];
    private OutgoingStream? _sent;
    private StreamCredit _credit;
    private DisconnectReason? _disconnected;
    private bool _isCancelled;
    private bool _isAnswered;

    public string Event => channel.NameOfIncoming(eventId);

    /// <summary>How many streams have been made room for; 0 until the handler's turn comes. Guarded by the table.</summary>
    public int OpenStreams { get; set; }

    /// <summary>The handler is to read a stream.</summary>
    public IncomingStream<TItem, TCodec> Receive<TItem, TCodec>(int number) where TCodec : struct, IPayloadCodec<TItem>
    {
        var stream = new IncomingStream<TItem, TCodec>(this, number, channel.StreamOptions, channel.PayloadLimits);
        lock (_gate)
        {
            ref var place = ref _received[number - 1];
            place.Stream = stream;
            if (place.IsEnded)
            {
                stream.End(place.Why);
            }
            else if (_isCancelled)
            {
                stream.TryAbort(new OperationCanceledException($"The caller of '{Event}' cancelled it."));
            }
            else if (_disconnected is not null)
            {
                stream.End(new DisconnectedException(_disconnected));
            }
        }

        return stream;
    }

    /// <summary>The handler returned a stream.</summary>
    public void Send(StreamSource source, SynchronizationContext? context)
    {
        var stream = new ResultStream(channel, source, eventId, context) { AckId = ackId };
        StreamCredit credit;
        bool isWanted;
        lock (_gate)
        {
            _sent = stream;
            credit = _credit;
            isWanted = !_isCancelled && _disconnected is null;
        }

        if (isWanted)
        {
            credit.PassOn(stream);
        }
        else
        {
            stream.Stop();
        }
    }

    /// <summary>The peer asks for more of the result.</summary>
    /// <exception cref="PacketException">It asks for more than there can be.</exception>
    public void Grant(uint items, uint bytes)
    {
        OutgoingStream? sent;
        bool isGranted;
        lock (_gate)
        {
            sent = _sent;
            isGranted = sent is not null || _credit.TryGrant(items, bytes);
        }

        if (!isGranted || sent?.TryGrant(items, bytes) is false)
        {
            throw EventChannel.TooMuchCredit(Event);
        }
    }

    /// <summary>An item of a stream that the event takes came.</summary>
    /// <exception cref="PacketException">The item was not allowed, or cannot be read.</exception>
    public void Take(uint number, ReadOnlySpan<byte> item)
    {
        IncomingStream? stream;
        lock (_gate)
        {
            stream = number <= (uint)_received.Length ? _received[number - 1].Stream : null;
        }

        if (stream is null)
        {
            throw new PacketException(new ForcedClose($"An item of stream {number} of '{Event}' came that was not asked for."));
        }

        stream.Receive(item);
    }

    /// <summary>The peer ends a stream.</summary>
    /// <exception cref="PacketException">It has ended before.</exception>
    public void End(uint number, Exception? why)
    {
        if (number > (uint)_received.Length)
        {
            // The peer's build of the contract has more streams than this one, which asks for none of them.
            return;
        }

        IncomingStream? stream;
        lock (_gate)
        {
            ref var place = ref _received[number - 1];
            if (place.IsEnded)
            {
                throw new PacketException(new ForcedClose($"Stream {number} of '{Event}' was ended twice."));
            }

            (place.IsEnded, place.Why) = (true, why);
            stream = place.Stream;
        }

        stream?.End(why);
    }

    /// <summary>The peer gave the event up.</summary>
    public void Cancel()
    {
        OutgoingStream? sent;
        lock (_gate)
        {
            _isCancelled = true;
            sent = _sent;
        }

        foreach (var place in _received)
        {
            // One that has ended says itself why, behind its items.
            if (!place.IsEnded)
            {
                place.Stream?.TryAbort(new OperationCanceledException($"The caller of '{Event}' cancelled it."));
            }
        }

        sent?.Stop();
    }

    /// <summary>The answer is about to be sent, and nothing follows it: what the handler has left unread is dropped, and its writer stops when it hears the answer.</summary>
    public void Answer()
    {
        lock (_gate)
        {
            _isAnswered = true;
        }

        for (var index = 0; index < _received.Length; index++)
        {
            _received[index].Stream?.TryAbort(new InvalidOperationException($"Stream {index + 1} of '{Event}' is over: the event has been answered."));
        }
    }

    /// <summary>The channel is over.</summary>
    public void Disconnect(DisconnectReason reason)
    {
        OutgoingStream? sent;
        lock (_gate)
        {
            _disconnected = reason;
            sent = _sent;
        }

        foreach (var place in _received)
        {
            place.Stream?.End(new DisconnectedException(reason));
        }

        sent?.Stop();
    }

    public void SendCredit(int stream, uint items, uint bytes)
    {
        // Under the lock that the answer takes: once that is sent, the peer may use the number again, and nothing about its last use may follow.
        lock (_gate)
        {
            if (!_isAnswered)
            {
                using var buffer = PayloadBuffer.Rent();
                channel.TrySend(Ts1Writer.WriteStreamCredit(buffer, channel.Numbers.NamespaceNumber, ackId, stream, items, bytes));
            }
        }
    }

    public void GiveUp(int stream, OperationCanceledException? why)
    {
        lock (_gate)
        {
            if (!_isAnswered)
            {
                using var buffer = PayloadBuffer.Rent();
                channel.TrySend(Ts1Writer.WriteStreamCancel(buffer, channel.Numbers.NamespaceNumber, ackId, stream));
            }
        }
    }

    /// <summary>A stream that the event takes.</summary>
    private struct Received
    {
        /// <summary>What the handler reads; null until its turn comes.</summary>
        public IncomingStream? Stream;

        /// <summary>Whether the peer has ended it.</summary>
        public bool IsEnded;

        /// <summary>How; null for an end like any other.</summary>
        public Exception? Why;
    }
}
