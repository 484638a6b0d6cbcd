namespace TypedSockets.Server;

/// <summary>
/// How a server lets Socket.IO's clients come back after a drop, as Socket.IO itself does from 4.6 on: with the same connection id, rooms, user and
/// <see cref="HubConnection.Items"/>, and with the events that they missed. Clients that speak ts1 are not concerned. All bounds hold for each namespace.
/// </summary>
public sealed class ConnectionStateRecoveryOptions
{
    /// <summary>How long a client may be away before its connection is forgotten. Default 2 minutes; positive.</summary>
    public TimeSpan MaxDisconnectionDuration { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How many events are kept for clients that come back, the newest ones; they are kept for <see cref="MaxDisconnectionDuration"/> and a heartbeat at most. A client that missed an
    /// event which is not kept any more begins anew. Default 10,000; at least 1.
    /// </summary>
    public int MaxEvents { get; set; } = 10_000;

    /// <summary>How many bytes the events that are kept may take together, each with 128 bytes for itself and 80 for each name in its target. Default 16 MiB; at least 1,024.</summary>
    public long MaxEventBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many clients may be away; one more takes the place of the one that has been away longest, which begins anew. Default 10,000; at least 1.</summary>
    public int MaxDisconnectedClients { get; set; } = 10_000;

    /// <summary>
    /// Whether a client that comes back is not asked again who it is (<see cref="IAuthenticateClients{TAuth}"/>). Default false, unlike Socket.IO's <c>skipMiddlewares</c>: whoever has been
    /// banned meanwhile would be let in.
    /// </summary>
    public bool SkipAuthentication { get; set; }
}
