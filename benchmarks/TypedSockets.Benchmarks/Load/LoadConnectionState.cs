namespace TypedSockets.Benchmarks.Load;

/// <summary>How far a connection has come.</summary>
internal enum LoadConnectionState
{
    /// <summary>The response to the upgrade request is awaited.</summary>
    Upgrading,

    /// <summary>The WebSocket is open, the protocol on top of it is not yet.</summary>
    Greeting,

    Open,
}
