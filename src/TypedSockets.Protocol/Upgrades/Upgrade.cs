using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Upgrades;

/// <summary>
/// One end's move from HTTP long-polling to a WebSocket as a pure state machine, beside the session's own (Engine.IO 4, "Upgrade"). It has no I/O, no clock and no lock. The table of
/// states and inputs is in docs/protocol/upgrade.md.
/// </summary>
internal abstract class Upgrade(TimeSpan upgradeTimeout)
{
    public UpgradeState State { get; private protected set; } = UpgradeState.Opening;

    /// <summary>Why the upgrade failed; null while it has not.</summary>
    public DisconnectReason? Failure { get; private set; }

    /// <summary>When <see cref="Elapse"/> is wanted next; null when time changes nothing.</summary>
    public TimeSpan? Deadline { get; private protected set; }

    private protected bool IsRunning => State is not (UpgradeState.Done or UpgradeState.Failed);

    /// <summary>When the upgrade is given up.</summary>
    private protected TimeSpan TimeoutAt { get; private set; }

    /// <summary>The upgrade begins.</summary>
    public void Start(TimeSpan now) => Deadline = TimeoutAt = now + upgradeTimeout;

    /// <summary>A packet arrived on the new transport.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="isProbe">Whether it carries the word <c>probe</c>.</param>
    /// <param name="now">The time.</param>
    public abstract UpgradeActions Receive(PacketType type, bool isProbe, TimeSpan now);

    /// <summary>Time has passed.</summary>
    public UpgradeActions Elapse(TimeSpan now)
    {
        if (!IsRunning || Deadline is not { } deadline || now < deadline)
        {
            return UpgradeActions.None;
        }

        return now >= TimeoutAt
            ? Fail(new TransportError($"The upgrade took longer than {upgradeTimeout.TotalSeconds:0.###} s (UpgradeTimeout).") { Initiator = Initiator.Local })
            : ElapseWhileRunning(now);
    }

    /// <summary>The session has been moved.</summary>
    public UpgradeActions Moved()
    {
        if (State is UpgradeState.Moving)
        {
            State = UpgradeState.Done;
        }

        return UpgradeActions.None;
    }

    /// <summary>The new transport could not be opened, ended, or brought what it may not.</summary>
    public UpgradeActions Fail(DisconnectReason why)
    {
        if (!IsRunning)
        {
            return UpgradeActions.None;
        }

        var actions = UpgradeActions.CloseNew | UpgradeActions.ReportFailure | (State is UpgradeState.Pausing or UpgradeState.Moving ? UpgradeActions.ResumeOld : UpgradeActions.None);
        (State, Failure, Deadline) = (UpgradeState.Failed, why, null);
        return actions;
    }

    /// <summary>The session has ended: nothing is left to be moved, and nothing to be said about it.</summary>
    public UpgradeActions Abandon()
    {
        if (!IsRunning)
        {
            return UpgradeActions.None;
        }

        (State, Deadline) = (UpgradeState.Failed, null);
        return UpgradeActions.CloseNew;
    }

    private protected virtual UpgradeActions ElapseWhileRunning(TimeSpan now) => UpgradeActions.None;

    private protected UpgradeActions BeginMove()
    {
        (State, Deadline) = (UpgradeState.Moving, null);
        return UpgradeActions.Switch;
    }
}
