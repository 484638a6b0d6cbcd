using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Upgrades;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>The client's end, which begins on HTTP long-polling and tries a WebSocket.</summary>
internal sealed class SimulatedClient : SimulatedEnd
{
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(25);
    public static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan UpgradeTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    private readonly SimulatedClientPolling _polling;
    private bool _isStopped;

    public SimulatedClient(Life life) : base(life, new ClientSession(OpenTimeout, CloseTimeout), "client", s_tick)
    {
        Transport = _polling = new SimulatedClientPolling(life, this);
        Pace = life.Chance(0.2) ? life.Within(TimeSpan.FromMilliseconds(300)) : TimeSpan.Zero;
    }

    /// <summary>Told when the session is open.</summary>
    public Action? Opened { get; set; }

    private protected override SimulatedEnd Peer => Life.Server;

    /// <summary>Asks for a session.</summary>
    public void Connect() => Life.Network.Send(0, null, Life.Server.OnHandshake, OnHandshake);

    /// <summary>Stops asking.</summary>
    public void StopDialing() => _isStopped = true;

    /// <summary>Tries to move to a WebSocket, if the session is still on HTTP long-polling.</summary>
    public void TryUpgrade()
    {
        if (IsCrashed || Session.State is not SessionState.Open || Transport != _polling || Upgrade is not null || _polling.Successor is not null)
        {
            return;
        }

        var probe = new Probe(Life, this, _polling, new ClientUpgrade(UpgradeTimeout));
        Upgrade = probe;
        probe.Dial();
    }

    private protected override SessionDecision Decide(Packet packet) =>
        packet.Type is PacketType.Open ? ((ClientSession)Session).Opened(PingInterval, PingTimeout, Now) : base.Decide(packet);

    private protected override void OnOpen() => Opened?.Invoke();

    private void OnHandshake(Answer answer)
    {
        Life.Trace($"client's handshake got {answer}");
        if (IsCrashed || _isStopped || answer.Status != 200)
        {
            return;
        }

        IsStarted = true;
        _polling.Receive(this);
        Input(Session.Start(Now));
        _polling.HandOn(answer.Packets);
        _polling.Start();
    }

    private sealed class Probe(Life life, SimulatedClient end, SimulatedClientPolling old, ClientUpgrade upgrade) : SimulatedProbe(life, end, upgrade, old)
    {
        private readonly ClientUpgrade _upgrade = upgrade;
        private readonly SimulatedClientPolling _polling = old;

        private protected override Packet? First => new Packet(PacketType.Upgrade);

        public void Dial()
        {
            Life.Trace($"client dials a WebSocket");
            _polling.OnPaused = () => Input(_upgrade.Paused());
            Begin();
            Life.Network.Dial(Life.Server.OnWebSocket, OnOpen, () =>
            {
                Fail(new TransportError("refused"));
                OnOver();
            });
        }

        private protected override void ApplyOwn(UpgradeActions actions)
        {
            if (actions.HasFlag(UpgradeActions.SendProbe))
            {
                New!.Send(new Packet(PacketType.Ping, IsProbe: true));
            }

            if (actions.HasFlag(UpgradeActions.PauseOld))
            {
                _polling.Pause();
            }

            if (actions.HasFlag(UpgradeActions.ResumeOld))
            {
                _polling.Resume();
            }

            if (State is UpgradeState.Failed && New is null)
            {
                OnOver();
            }
        }

        private protected override void OnMoved() => Life.Reach(LifePath.ClientMoved);

        private protected override void OnOver()
        {
            var client = (SimulatedClient)End;
            if (client.Upgrade == this)
            {
                client.Upgrade = null;
            }
        }

        private protected override LifePath FailedIn(UpgradeState state) => state switch
        {
            UpgradeState.Opening => LifePath.ClientFailedOpening,
            UpgradeState.Probing => LifePath.ClientFailedProbing,
            _ => LifePath.ClientFailedPausing,
        };

        private void OnOpen(WebSocketLink link)
        {
            if (End.IsCrashed)
            {
                return;
            }

            New = link.Client;
            if (State is not UpgradeState.Opening)
            {
                // The dialer was told to stop: the connection that came all the same is cut.
                New.Abort();
                return;
            }

            New.Receive(this);
            Input(_upgrade.Opened());
        }
    }
}
