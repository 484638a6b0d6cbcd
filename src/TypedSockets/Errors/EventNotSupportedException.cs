namespace TypedSockets;

/// <summary>An event cannot be sent to this target: the peer's build of the contract does not have it, it returns a value or has streams and the target is not one peer, or it has streams and the session speaks Socket.IO. Nothing was sent.</summary>
public sealed class EventNotSupportedException : NotSupportedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="event">The event that was not sent, as <c>Contract.Event</c>.</param>
    /// <param name="why">Why it cannot be sent, as a sentence.</param>
    public EventNotSupportedException(string @event, string why) : base($"Event '{@event}' was not sent: {why}") => Event = @event;

    /// <summary>The event that was not sent.</summary>
    public string Event { get; }
}
