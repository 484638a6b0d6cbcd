using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Upgrades;

/// <summary>Drives one upgrade: feeds its state machine, one input at a time, and carries out what it decides. Receives on the new transport until the session moves there.</summary>
internal abstract class Probe(Connection connection, Upgrade upgrade, TimeSpan closeTimeout) : TimingWheel.Entry, IPacketReceiver, IUpgrade
{
    private readonly Lock _gate = new();
    private PacketTransport? _transport;
    private TimeSpan _startedAt;
    private long _abortAt = long.MaxValue;

    private protected Connection Connection => connection;

    private protected TimingWheel Wheel => connection.Wheel;

    private protected UpgradeState State
    {
        get
        {
            lock (_gate)
            {
                return upgrade.State;
            }
        }
    }

    private protected bool IsRunning => State is not (UpgradeState.Done or UpgradeState.Failed);

    /// <inheritdoc cref="IUpgrade.Proven"/>
    public virtual PacketTransport? Proven => null;

    void IUpgrade.OnSessionEnded() => Input(machine => machine.Abandon());

    void IPacketReceiver.OnText(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || packet[0] is < (byte)PacketType.Open or > (byte)PacketType.Noop)
        {
            Fail(new ParseError("A packet on a transport that is being probed has no known type."));
            return;
        }

        Receive((PacketType)packet[0], packet[1..].SequenceEqual("probe"u8));
    }

    void IPacketReceiver.OnBinary(ReadOnlySpan<byte> message) => Receive(PacketType.Message, isProbe: false);

    void IPacketReceiver.OnViolation(DisconnectReason reason, int closeCode) => Fail(reason);

    ValueTask IPacketReceiver.WhenReadyAsync() => default;

    protected internal override void OnDue(TimeSpan now)
    {
        // Not whether the upgrade is over: a tick that is on its way when the session moves must leave the new transport alone.
        if (now.Ticks >= Volatile.Read(ref _abortAt))
        {
            // The peer does not answer the goodbye.
            _transport?.Abort();
        }
        else
        {
            Input(machine => machine.Elapse(now));
        }
    }

    protected internal override void OnDueFailed(Exception exception) => Fail(new TransportError("The upgrade met an unexpected fault.", exception) { Initiator = Initiator.Local });

    private protected void Begin()
    {
        _startedAt = Wheel.Now;
        Input(machine =>
        {
            machine.Start(_startedAt);
            return UpgradeActions.None;
        });
    }

    /// <summary>Receives on the new transport until the session can move there, and moves it. Returns false when it was not to be; the new transport is closed then.</summary>
    /// <param name="transport">The new transport.</param>
    /// <param name="first">What it sends first.</param>
    private protected async Task<bool> MoveToAsync(PacketTransport transport, ReadOnlyMemory<byte> first)
    {
        var from = connection.Transport.Kind;
        var end = await transport.ReceiveAsync(this).ConfigureAwait(false);
        // Only now: nobody may receive here any more when the session's own loop begins to.
        if (end is null && State is UpgradeState.Moving && connection.TryMoveTo(transport, first.Span))
        {
            Input(machine => machine.Moved());
            Wheel.Remove(this);
            connection.EndUpgrade();
            connection.OnUpgrade(new Upgraded(from, transport.Kind, Wheel.Now - _startedAt));
            return true;
        }

        Fail(end ?? new TransportClose());
        await CloseAsync(transport).ConfigureAwait(false);
        return false;
    }

    /// <summary>The new transport; null while it is being opened.</summary>
    private protected PacketTransport? New => Volatile.Read(ref _transport);

    private protected void Attach(PacketTransport transport) => Volatile.Write(ref _transport, transport);

    /// <summary>Nothing was opened that would have to be closed.</summary>
    private protected void GiveUp()
    {
        Wheel.Remove(this);
        connection.EndUpgrade();
    }

    /// <summary>Closes a transport that nothing is moved to, if it is not closed already, and waits for its end.</summary>
    private protected async Task CloseAsync(PacketTransport transport)
    {
        connection.EndUpgrade();
        transport.Close(CloseCode.Normal, null);
        AbortLater();
        await transport.FinishAsync().ConfigureAwait(false);
        Wheel.Remove(this);
    }

    private void Receive(PacketType type, bool isProbe) => Input(machine => machine.Receive(type, isProbe, Wheel.Now));

    private protected void Fail(DisconnectReason why) => Input(machine => machine.Fail(why));

    private protected void Input(Func<Upgrade, UpgradeActions> input)
    {
        UpgradeActions actions;
        lock (_gate)
        {
            var before = upgrade.Deadline;
            actions = input(upgrade);
            if (upgrade.Deadline != before && upgrade.Deadline is { } deadline)
            {
                Wheel.Schedule(this, deadline);
            }
        }

        Apply(actions);
    }

    /// <summary>Carries out what only one end decides.</summary>
    private protected abstract void ApplyOwn(UpgradeActions actions);

    private void Apply(UpgradeActions actions)
    {
        ApplyOwn(actions);
        if (actions.HasFlag(UpgradeActions.Switch))
        {
            _transport!.Pause();
        }

        if (actions.HasFlag(UpgradeActions.CloseNew) && _transport is { } transport)
        {
            var reason = upgrade.Failure ?? connection.Reason ?? new ForcedClose("The session has a WebSocket already, or may not move to one.");
            transport.Close(CloseCode.Of(reason), reason.Description);
            AbortLater();
        }

        if (actions.HasFlag(UpgradeActions.ReportFailure))
        {
            connection.OnUpgrade(new UpgradeFailed(TransportKind.WebSocket, upgrade.Failure!));
        }
    }

    private void AbortLater()
    {
        var at = Wheel.Now + closeTimeout;
        Volatile.Write(ref _abortAt, at.Ticks);
        Wheel.Schedule(this, at);
    }
}
