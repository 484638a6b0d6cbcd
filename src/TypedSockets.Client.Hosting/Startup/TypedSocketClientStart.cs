namespace TypedSockets.Client;

/// <summary>What a client does when its host starts.</summary>
public enum TypedSocketClientStart
{
    /// <summary>Begins to connect, and does not hold up the host: until the server is there, calls fail with <see cref="NotConnectedException"/>.</summary>
    Background,

    /// <summary>Connects before the host goes on starting. A server that cannot be reached is tried again for as long as the client's options say; one that refuses keeps the host from starting.</summary>
    Wait,

    /// <summary>Nothing: the application calls <see cref="TypedSocket.ConnectAsync"/>.</summary>
    Manual,
}
