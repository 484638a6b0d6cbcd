namespace TypedSockets;

/// <summary>A connection is over, or a try to connect failed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="WillReconnect">Whether <see cref="Connecting"/> follows by itself.</param>
public sealed record Disconnected(DisconnectReason Reason, bool WillReconnect) : ConnectionEvent;
