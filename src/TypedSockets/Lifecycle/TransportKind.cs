namespace TypedSockets;

/// <summary>A way of carrying packets.</summary>
public enum TransportKind
{
    /// <summary>A WebSocket (RFC 6455).</summary>
    WebSocket,

    /// <summary>HTTP long-polling: requests that the server holds until it has something to say (Engine.IO 4).</summary>
    Polling,
}
