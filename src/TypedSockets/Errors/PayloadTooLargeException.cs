namespace TypedSockets;

/// <summary>An encoded event exceeds what the peer accepts. Nothing was sent, and the connection is untouched.</summary>
public sealed class PayloadTooLargeException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="event">The event that was not sent, as <c>Contract.Event</c>.</param>
    /// <param name="bytes">Its encoded size in bytes.</param>
    /// <param name="limit">The peer's limit in bytes.</param>
    public PayloadTooLargeException(string @event, long bytes, long limit)
        : base($"Event '{@event}' was not sent: its {bytes:N0} bytes exceed the peer's limit of {limit:N0} bytes (MaxPayloadBytes).")
    {
        Event = @event;
        Bytes = bytes;
        Limit = limit;
    }

    /// <summary>The event that was not sent.</summary>
    public string Event { get; }

    /// <summary>Its encoded size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The peer's limit in bytes.</summary>
    public long Limit { get; }
}
