using TypedSockets.Protocol.Upgrades;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>One end of an upgrade: does what <see cref="Probe"/> does.</summary>
internal abstract class SimulatedProbe(Life life, SimulatedEnd end, Upgrade upgrade, SimulatedPolling old) : IPacketTaker
{
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(5);

    private TimeSpan? _armed;
    private UpgradeState _lastState;

    public UpgradeState State => upgrade.State;

    public DisconnectReason? Failure => upgrade.Failure;

    /// <summary>The new transport, where the peer may have left the old one already.</summary>
    public virtual SimulatedWebSocket? Proven => null;

    private protected Life Life => life;

    private protected SimulatedEnd End => end;

    private protected SimulatedPolling Old => old;

    private protected SimulatedWebSocket? New { get; set; }

    public void OnSessionEnded()
    {
        if (State is not (UpgradeState.Done or UpgradeState.Failed))
        {
            life.Reach(LifePath.UpgradeAbandoned);
        }

        Input(upgrade.Abandon());
    }

    public void Take(Packet packet)
    {
        if (!end.IsCrashed)
        {
            Input(upgrade.Receive(packet.Type, packet.IsProbe, end.Now));
        }
    }

    /// <summary>The new transport ended, or was paused for the move.</summary>
    public void TakeEnd(DisconnectReason? reason)
    {
        if (end.IsCrashed)
        {
            return;
        }

        if (reason is null && State is UpgradeState.Moving && old.TryMoveTo(New!, First))
        {
            life.Trace($"{end} moves to the WebSocket");
            upgrade.Moved();
            OnMoved();
            OnOver();
            return;
        }

        if (State is UpgradeState.Moving)
        {
            life.Reach(LifePath.UpgradeTooLate);
        }

        Input(reason is null ? upgrade.Abandon() : upgrade.Fail(reason));
        OnOver();
        New!.Finish(() => { });
    }

    public void OnDue()
    {
        if (!end.IsCrashed)
        {
            _armed = null;
            Input(upgrade.Elapse(end.Now));
        }
    }

    private protected abstract Packet? First { get; }

    private protected abstract void ApplyOwn(UpgradeActions actions);

    private protected abstract void OnMoved();

    /// <summary>The upgrade is over, whatever came of it.</summary>
    private protected abstract void OnOver();

    private protected abstract LifePath FailedIn(UpgradeState state);

    private protected void Begin()
    {
        upgrade.Start(end.Now);
        Arm();
    }

    private protected void Fail(DisconnectReason why)
    {
        if (!end.IsCrashed)
        {
            Input(upgrade.Fail(why));
        }
    }

    private protected void Input(UpgradeActions actions)
    {
        Arm();
        if (actions is not UpgradeActions.None)
        {
            life.Trace($"upgrade of the {end}: {actions}, {State}");
        }

        ApplyOwn(actions);
        if (actions.HasFlag(UpgradeActions.Switch))
        {
            New!.Pause();
        }

        if (actions.HasFlag(UpgradeActions.CloseNew) && New is { } socket)
        {
            socket.Close();
            AbortLater();
        }

        if (actions.HasFlag(UpgradeActions.ReportFailure))
        {
            Rule.Require(Failure is not ForcedClose, $"Two ends of ours break no rule of the upgrade: {Failure}");
            life.Reach(FailedIn(_lastState));
            life.Reach(Failure is TransportError { Initiator: Initiator.Local } ? LifePath.UpgradeTimedOut : LifePath.UpgradeLost);
        }

        _lastState = State;
        Rule.Require(upgrade.Deadline is null || State is not (UpgradeState.Done or UpgradeState.Failed), "An upgrade that is over leaves no deadline behind.");
    }

    private void Arm()
    {
        if (upgrade.Deadline is { } deadline && deadline != _armed)
        {
            _armed = deadline;
            var wait = deadline - end.Now;
            life.After(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, OnDue);
        }
    }

    private void AbortLater()
    {
        var socket = New!;
        life.After(s_closeTimeout, () =>
        {
            if (!end.IsCrashed)
            {
                socket.Abort();
            }
        });
    }
}
