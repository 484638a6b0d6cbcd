namespace TypedSockets.Server.Sessions;

/// <summary>What the requests of a session must know of it.</summary>
internal interface IServerConnection
{
    /// <summary>The session's id. A bearer secret: it is not logged and not shown.</summary>
    string SessionId { get; }

    /// <summary>Who opened the session; nobody else may join it.</summary>
    ClientIdentity Client { get; }

    /// <summary>Ends the session as soon as what has arrived is handled and answered. Safe for concurrent use.</summary>
    void Drain(DisconnectReason reason);
}
