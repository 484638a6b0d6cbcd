namespace TypedSockets.Events;

/// <summary>Takes what handlers answer. Safe for concurrent use.</summary>
public abstract class EventReplies
{
    /// <summary>Sends the value that a handler returned.</summary>
    public abstract void Reply<TResult, TCodec>(uint ackId, TResult result) where TCodec : struct, IPayloadCodec<TResult>;

    /// <summary>Says that a handler without a result has finished.</summary>
    public abstract void Acknowledge(uint ackId);

    /// <summary>Says that the handler of an event failed. When the event was one-way, <paramref name="ackId"/> is null: the failure is reported on this end alone.</summary>
    public abstract void Fault(int eventId, uint? ackId, Exception exception);

    /// <summary>Says that a handler ended with a fault that its event declares.</summary>
    /// <param name="ackId">What the peer correlates the answer with.</param>
    /// <param name="name">The name of the fault on the wire.</param>
    /// <param name="value">What the caller is told.</param>
    public abstract void Fault<TFault, TCodec>(uint ackId, string name, TFault value) where TCodec : struct, IPayloadCodec<TFault>;

    /// <summary>The token that is cancelled when the caller gives the request up or the connection ends.</summary>
    public abstract CancellationToken GetCancellationToken(uint? ackId);

    /// <summary>Makes room for the streams of an event before its handler is called. Returns false when there is none; the caller has been told, and the handler must not be called.</summary>
    /// <param name="eventId">The compiled id of the event.</param>
    /// <param name="ackId">What the peer correlates the answer and the streams with; null when it expects none, which refuses the event.</param>
    /// <param name="received">How many streams the event takes.</param>
    /// <param name="sent">How many it is answered with: 1 or none.</param>
    public virtual bool TryOpenStreams(int eventId, uint? ackId, int received, int sent) => throw NoStreams();

    /// <summary>Returns a stream that the peer sends with an event. It can be enumerated once, until the event is answered.</summary>
    /// <param name="eventId">The compiled id of the event.</param>
    /// <param name="ackId">What the peer correlates the stream with.</param>
    /// <param name="stream">Which of the event's streams, counted from 1 in the order of the parameters.</param>
    public virtual IAsyncEnumerable<TItem> ReceiveStream<TItem, TCodec>(int eventId, uint ackId, int stream) where TCodec : struct, IPayloadCodec<TItem> => throw NoStreams();

    /// <summary>Answers an event with a stream, which is enumerated as far and as fast as the peer reads it.</summary>
    public virtual void SendStream(int eventId, uint ackId, StreamSource items) => throw NoStreams();

    private NotSupportedException NoStreams() => new($"'{GetType().Name}' carries no streams.");
}
