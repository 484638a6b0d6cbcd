namespace TypedSockets.Server;

/// <summary>What becomes of a client that sends more events than its limit allows.</summary>
public enum RateLimitAction
{
    /// <summary>Each event above the limit is refused: <see cref="RemoteFault.RateLimited"/> for a caller that waits, <see cref="EventRefused"/> on the server. The connection stays.</summary>
    Refuse,

    /// <summary>
    /// The first event above the limit ends the connection with <see cref="RateLimited"/>; events behind it are not handled. Where the session has other contracts open only this namespace ends, and
    /// it does not come back by itself.
    /// </summary>
    Disconnect,
}
