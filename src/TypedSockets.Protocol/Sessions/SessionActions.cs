namespace TypedSockets.Protocol.Sessions;

/// <summary>What a session decides in answer to one input. Its host carries them out in the order of their values.</summary>
[Flags]
internal enum SessionActions
{
    None = 0,

    /// <summary>Send the open packet.</summary>
    SendOpen = 1 << 0,

    /// <summary>Send a ping.</summary>
    SendPing = 1 << 1,

    /// <summary>Answer a ping with what it carried.</summary>
    SendPong = 1 << 2,

    /// <summary>The session is open now: say so.</summary>
    ReportOpen = 1 << 3,

    /// <summary>Hand the message on.</summary>
    Deliver = 1 << 4,

    /// <summary>The heartbeat is late: say so.</summary>
    ReportLate = 1 << 5,

    /// <summary>Tell the peer why the session ends.</summary>
    SendReason = 1 << 6,

    /// <summary>Close the transport with a goodbye of its own.</summary>
    CloseTransport = 1 << 7,

    /// <summary>Cut the transport.</summary>
    AbortTransport = 1 << 8,

    /// <summary>The session has ended, for the decision's reason: say so. Happens exactly once in a session's life.</summary>
    ReportEnd = 1 << 9,
}
