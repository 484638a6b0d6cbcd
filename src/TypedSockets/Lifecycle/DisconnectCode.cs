namespace TypedSockets;

/// <summary>
/// The stable numbers of <see cref="DisconnectReason"/>s, as they cross the wire. A number is never reused. The hundreds group them: 1xx somebody decided to end the
/// connection, 2xx the network did, 3xx a peer broke a rule, 4xx it was not accepted, or no longer, 5xx one end could not keep up or failed.
/// </summary>
public enum DisconnectCode
{
    /// <summary><see cref="TypedSockets.ClientDisconnect"/></summary>
    ClientDisconnect = 100,

    /// <summary><see cref="TypedSockets.ServerDisconnect"/></summary>
    ServerDisconnect = 101,

    /// <summary><see cref="TypedSockets.ServerShuttingDown"/></summary>
    ServerShuttingDown = 102,

    /// <summary><see cref="TypedSockets.TransportClose"/></summary>
    TransportClose = 200,

    /// <summary><see cref="TypedSockets.TransportError"/></summary>
    TransportError = 201,

    /// <summary><see cref="TypedSockets.PingTimeout"/></summary>
    PingTimeout = 202,

    /// <summary><see cref="TypedSockets.ParseError"/></summary>
    ParseError = 300,

    /// <summary><see cref="TypedSockets.ForcedClose"/></summary>
    ForcedClose = 301,

    /// <summary><see cref="TypedSockets.ForcedServerClose"/></summary>
    ForcedServerClose = 302,

    /// <summary><see cref="TypedSockets.PayloadTooLarge"/></summary>
    PayloadTooLarge = 303,

    /// <summary><see cref="TypedSockets.RateLimited"/></summary>
    RateLimited = 304,

    /// <summary><see cref="TypedSockets.HandshakeRejected"/></summary>
    HandshakeRejected = 400,

    /// <summary><see cref="TypedSockets.ContractMismatch"/></summary>
    ContractMismatch = 401,

    /// <summary><see cref="TypedSockets.Unauthorized"/></summary>
    Unauthorized = 402,

    /// <summary><see cref="TypedSockets.AuthenticationExpired"/></summary>
    AuthenticationExpired = 403,

    /// <summary><see cref="TypedSockets.SlowConsumer"/></summary>
    SlowConsumer = 500,

    /// <summary><see cref="TypedSockets.HandlerFault"/></summary>
    HandlerFault = 501,
}
