namespace TypedSockets.Events;

/// <summary>Takes what <see cref="DynamicEvent"/>s are answered. Safe for concurrent use; each event is answered once.</summary>
public interface IDynamicReplies
{
    /// <summary>Acknowledges an event.</summary>
    /// <param name="name">The event, for messages to people.</param>
    /// <param name="ackId">What the peer correlates the answer with.</param>
    /// <param name="arguments">What goes with the answer.</param>
    void Acknowledge(string name, uint ackId, ReadOnlySpan<DynamicValue> arguments);

    /// <summary>Says that an event was not handled, or that its handler failed.</summary>
    void Refuse(uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter);
}
