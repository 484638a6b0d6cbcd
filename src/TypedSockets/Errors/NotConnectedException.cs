namespace TypedSockets;

/// <summary>An event was to be sent while there is no open connection. Nothing was sent.</summary>
public sealed class NotConnectedException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="event">The event that was not sent, as <c>Contract.Event</c>.</param>
    /// <param name="reason">Why the last connection ended; null when there was none.</param>
    public NotConnectedException(string @event, DisconnectReason? reason)
        : base($"Event '{@event}' was not sent: there is no open connection.{(reason is null ? "" : $" {reason.Description}")}")
    {
        Event = @event;
        Reason = reason;
    }

    /// <summary>The event that was not sent.</summary>
    public string Event { get; }

    /// <summary>Why the last connection ended; null when there was none.</summary>
    public DisconnectReason? Reason { get; }
}
