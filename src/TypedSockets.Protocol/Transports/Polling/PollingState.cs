namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>Where one end of HTTP long-polling is in its life.</summary>
internal enum PollingState
{
    /// <summary>Packets flow.</summary>
    Open,

    /// <summary>This end said goodbye; the peer has yet to fetch it, or the POST that carries it runs.</summary>
    Closing,

    /// <summary>The peer said goodbye. A server answers one more GET, which may have been on its way.</summary>
    Leaving,

    /// <summary>Over.</summary>
    Closed,

    /// <summary>Another transport carries the session on.</summary>
    Superseded,
}
