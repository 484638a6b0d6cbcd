namespace TypedSockets.Server.Sessions;

/// <summary>Is told what happens to every session of a server. Nothing is told of events, which are too many.</summary>
internal interface ISessionObserver
{
    /// <summary>Something happened. Runs on any thread, often on the receive loop, and must not block or throw.</summary>
    /// <param name="connection">The session.</param>
    /// <param name="change">
    /// <see cref="Connected"/> and <see cref="NamespaceDisconnected"/> for each namespace, <see cref="Disconnected"/> once for the session, and what lies between.
    /// </param>
    void OnChange(ServerConnection connection, ConnectionEvent change);
}
