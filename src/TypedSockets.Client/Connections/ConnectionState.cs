namespace TypedSockets.Client;

/// <summary>Where a <see cref="TypedSocket"/> is.</summary>
public enum ConnectionState
{
    /// <summary>Not connected, and not trying to be.</summary>
    Disconnected,

    /// <summary>Trying to connect, or waiting to try again.</summary>
    Connecting,

    /// <summary>Every opened contract is connected, but for those that the server has refused.</summary>
    Connected,
}
