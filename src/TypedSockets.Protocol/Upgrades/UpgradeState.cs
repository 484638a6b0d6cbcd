namespace TypedSockets.Protocol.Upgrades;

/// <summary>Where the move to a better transport is; it only ever moves down this list.</summary>
internal enum UpgradeState
{
    /// <summary>The new transport is being opened, or is open and unproven.</summary>
    Opening,

    /// <summary>The probe was sent (client), or answered (server).</summary>
    Probing,

    /// <summary>Client: the new transport is proven; the old one is going quiet.</summary>
    Pausing,

    /// <summary>Everything is ready: the session is being moved.</summary>
    Moving,

    /// <summary>The new transport carries the session.</summary>
    Done,

    /// <summary>It was not taken; the old transport goes on.</summary>
    Failed,
}
