namespace TypedSockets.Protocol.Sessions;

/// <summary>Where a session is in its life; it only ever moves down this list.</summary>
internal enum SessionState
{
    /// <summary>The transport is there; the open packet has not been exchanged.</summary>
    Opening,

    /// <summary>Packets flow.</summary>
    Open,

    /// <summary>The reason is final; the transport is saying goodbye.</summary>
    Closing,

    /// <summary>The transport is gone.</summary>
    Closed,
}
