namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>What a client's polling decides in answer to one input.</summary>
[Flags]
internal enum PollingActions
{
    None = 0,

    /// <summary>Send a GET.</summary>
    StartGet = 1 << 0,

    /// <summary>Send what waits in a POST.</summary>
    StartPost = 1 << 1,

    /// <summary>Everything is quiet now: say so to the upgrade.</summary>
    ReportPaused = 1 << 2,

    /// <summary>The transport is over; a GET that is under way is given up.</summary>
    Finish = 1 << 3,
}
