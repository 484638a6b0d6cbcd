using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Upgrades;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>The server's end.</summary>
internal sealed class SimulatedServer : SimulatedEnd
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);

    private readonly SimulatedServerPolling _polling;

    public SimulatedServer(Life life) : base(life, new ServerSession(SimulatedClient.PingInterval, SimulatedClient.PingTimeout, s_connectTimeout, SimulatedClient.CloseTimeout), "server", s_tick)
    {
        Transport = _polling = new SimulatedServerPolling(life, this);
        Pace = life.Chance(0.2) ? life.Within(TimeSpan.FromMilliseconds(300)) : TimeSpan.Zero;
    }

    private protected override SimulatedEnd Peer => Life.Client;

    /// <summary>A request for a new session.</summary>
    public void OnHandshake(Exchange exchange)
    {
        if (IsCrashed)
        {
            return;
        }

        IsStarted = true;
        _polling.Receive(this);
        Input(Session.Start(Now));
        _polling.OnGet(exchange);
    }

    public void OnGet(Exchange exchange) => Join(exchange, _polling.OnGet);

    public void OnPost(Exchange exchange) => Join(exchange, _polling.OnPost);

    public void OnWebSocket(WebSocketLink link)
    {
        if (IsCrashed)
        {
            return;
        }

        var probe = new Probe(Life, this, _polling, link.Server);
        // As TryBeginUpgrade does.
        if (Session.State is not SessionState.Open || _polling.Successor is not null || Upgrade is not null)
        {
            Life.Reach(LifePath.UpgradeUnwelcome);
            probe.OnSessionEnded();
            link.Server.Finish(() => { });
            return;
        }

        Upgrade = probe;
        probe.Run();
    }

    private protected override void OnOpen() => Life.Trace($"server opens the session");

    // Whoever sends a message has joined a namespace.
    private protected override void OnDelivered() => ((ServerSession)Session).NamespaceJoined();

    private void Join(Exchange exchange, Action<Exchange> handle)
    {
        if (IsCrashed)
        {
            return;
        }

        if (IsFinished)
        {
            Life.Reach(LifePath.AnsweredUnknown);
            exchange.Respond(Answer.Refused(code: 1));
        }
        else if (Transport != _polling)
        {
            Life.Reach(LifePath.AnsweredMoved);
            exchange.Respond(Answer.Refused(code: 3));
        }
        else
        {
            handle(exchange);
        }
    }

    private sealed class Probe : SimulatedProbe
    {
        private readonly SimulatedServerPolling _polling;

        public Probe(Life life, SimulatedServer end, SimulatedServerPolling old, SimulatedWebSocket socket) : base(life, end, new ServerUpgrade(SimulatedClient.UpgradeTimeout), old)
        {
            _polling = old;
            New = socket;
            socket.IsUnproven = true;
        }

        public override SimulatedWebSocket? Proven => State is UpgradeState.Probing or UpgradeState.Moving ? New : null;

        private protected override Packet? First => null;

        public void Run()
        {
            Begin();
            New!.Receive(this);
        }

        private protected override void ApplyOwn(UpgradeActions actions)
        {
            if (actions.HasFlag(UpgradeActions.AnswerProbe))
            {
                New!.Send(new Packet(PacketType.Pong, IsProbe: true));
            }

            if (actions.HasFlag(UpgradeActions.ReleaseGet))
            {
                _polling.ReleaseGet();
            }

            if (actions.HasFlag(UpgradeActions.Switch))
            {
                New!.IsUnproven = false;
            }
        }

        private protected override void OnMoved()
        {
            Life.Reach(LifePath.ServerMoved);
            Rule.Require(_polling.State is PollingState.Superseded && !_polling.IsGetHeld, "No GET stays held when the session has moved.");
        }

        private protected override void OnOver() => ((SimulatedServer)End).Upgrade = null;

        private protected override LifePath FailedIn(UpgradeState state) => state is UpgradeState.Opening ? LifePath.ServerFailedOpening : LifePath.ServerFailedProbing;
    }
}
