namespace TypedSockets.Protocol.Upgrades;

/// <summary>What an upgrade decides in answer to one input. Its host carries them out in the order of their values.</summary>
[Flags]
internal enum UpgradeActions
{
    None = 0,

    /// <summary>Client: send the probe on the new transport.</summary>
    SendProbe = 1 << 0,

    /// <summary>Server: answer the probe on the new transport.</summary>
    AnswerProbe = 1 << 1,

    /// <summary>Server: let a held GET of the old transport go with a noop.</summary>
    ReleaseGet = 1 << 2,

    /// <summary>Client: let the old transport go quiet.</summary>
    PauseOld = 1 << 3,

    /// <summary>Client: let the old transport go on.</summary>
    ResumeOld = 1 << 4,

    /// <summary>Move the session to the new transport; a client says so there first.</summary>
    Switch = 1 << 5,

    /// <summary>Close the new transport.</summary>
    CloseNew = 1 << 6,

    /// <summary>The upgrade failed: say so.</summary>
    ReportFailure = 1 << 7,
}
