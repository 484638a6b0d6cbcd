namespace TypedSockets;

/// <summary>A way of carrying packets.</summary>
public enum TransportKind
{
    /// <summary>A WebSocket (RFC 6455).</summary>
    WebSocket,
}
