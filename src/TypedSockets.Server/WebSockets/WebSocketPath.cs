namespace TypedSockets.Server.WebSockets;

/// <summary>What the frames of a WebSocket travel on, best first; each needs what the next does without.</summary>
internal enum WebSocketPath
{
    /// <summary>The connection's pipe, hijacked from HTTP: the request has ended.</summary>
    Hijacked,

    /// <summary>The connection's pipe, within the request.</summary>
    Pipe,

    /// <summary>The upgrade's stream, within the request.</summary>
    Stream,
}
