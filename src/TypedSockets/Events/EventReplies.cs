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
}
