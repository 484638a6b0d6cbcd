using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>What the applications and the world are going to do in a life, and what must have come of it.</summary>
internal sealed class LifePlan
{
    // From the last message and the last upgrade to the end, in lives that are long enough to arrive at rest.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(8);

    private static readonly LifePath[] s_endings =
    [
        LifePath.ClosedByClient, LifePath.ClosedByClient, LifePath.ClosedByClient, LifePath.ClosedByServer, LifePath.ClosedByServer, LifePath.ClosedByServer,
        LifePath.ClosedByBoth, LifePath.ClientCrashed, LifePath.ServerCrashed, LifePath.NetworkDied,
    ];

    private readonly Life _life;
    private readonly LifePath _ending;
    private readonly TimeSpan _busyUntil;

    public LifePlan(Life life)
    {
        _life = life;
        _ending = s_endings[life.Next(s_endings.Length)];
        var isShort = life.Chance(0.5);
        _busyUntil = isShort ? life.Within(s_soon) : life.Within(TimeSpan.FromSeconds(60));
        EndsAt = isShort ? _busyUntil : _busyUntil + s_rest;
    }

    /// <summary>When somebody or something ends the session, if nothing has before.</summary>
    public TimeSpan EndsAt { get; }

    /// <summary>What became of the session, and what the two ends called it; null when one of them was not there to say.</summary>
    public (LifePath Cause, DisconnectCode Client, DisconnectCode Server)? Pair { get; private set; }

    /// <summary>Whether the client's last word on the move has not been taken by the server, or not yet.</summary>
    private bool IsMovedInVain => _life.Paths[(int)LifePath.ClientMoved] > 0 && _life.Paths[(int)LifePath.ServerMoved] == 0;

    public void Begin()
    {
        var (client, server) = (_life.Client, _life.Server);
        client.Opened = OnOpened;
        _life.After(TimeSpan.Zero, client.Connect);
        PlanBursts(server);
        if (_life.Network.IsFaulty && _life.Chance(0.15))
        {
            SimulatedEnd sleeper = _life.Chance(0.5) ? client : server;
            _life.After(_life.Within(EndsAt), () => Jump(sleeper));
        }

        _life.After(EndsAt, End);
    }

    public void Judge()
    {
        var (client, server) = (_life.Client, _life.Server);
        client.Judge();
        server.Judge();
        JudgeTime(client, server);
        JudgeTime(server, client);
        if (IsMovedInVain)
        {
            _life.Reach(LifePath.MovedInVain);
        }

        if (client.Reason is { } ofClient && server.Reason is { } ofServer)
        {
            var cause = _life.IsHurt ? LifePath.Hurt : IsMovedInVain ? LifePath.MovedInVain : _ending;
            Pair = (cause, ofClient.Code, ofServer.Code);
            Rule.Require(DisconnectPairs.Allowed.Contains((cause, ofClient.Code, ofServer.Code)), $"After {cause} the client does not end with {ofClient.Code} when the server ends with {ofServer.Code}.");
            JudgeDelivery(ofClient, ofServer);
        }
    }

    private void OnOpened()
    {
        var client = _life.Client;
        if (!_life.Chance(0.04))
        {
            // Joins a namespace.
            client.Say();
            PlanBursts(client);
        }

        if (_life.Chance(0.85))
        {
            _life.After(_life.Within(TimeSpan.FromMilliseconds(500)), client.TryUpgrade);
        }

        if (_life.Chance(0.3))
        {
            _life.After(_life.Within(_busyUntil), client.TryUpgrade);
        }
    }

    private void PlanBursts(SimulatedEnd end)
    {
        for (var burst = _life.Next(6); burst > 0; burst--)
        {
            var at = _life.Within(_life.Chance(0.7) && _busyUntil > s_soon ? s_soon : _busyUntil);
            for (var message = _life.Next(10); message >= 0; message--)
            {
                at += _life.Within(TimeSpan.FromMilliseconds(3));
                _life.After(at, end.Say);
            }
        }
    }

    private void Jump(SimulatedEnd sleeper)
    {
        _life.Reach(LifePath.ClockJumped);
        _life.Hurt($"the clock of the {sleeper}");
        sleeper.Jump(_life.Within(TimeSpan.FromSeconds(60)));
    }

    private void End()
    {
        var (client, server) = (_life.Client, _life.Server);
        if (client.Reason is not null || server.Reason is not null)
        {
            Rule.Require(_life.IsHurt || IsMovedInVain || client.Reason is ForcedServerClose || server.Reason is ForcedServerClose, "Nothing but what hurts it ends a session before somebody closes it.");
            _life.Reach(LifePath.EndedEarly);
        }
        else if (client.Session.State is SessionState.Open && server.Session.State is SessionState.Open)
        {
            _life.Reach(client.IsUpgrading || server.IsUpgrading ? LifePath.EndedUpgrading : server.Transport is SimulatedWebSocket ? LifePath.EndedOnWebSocket : LifePath.EndedOnPolling);
            if (EndsAt >= s_rest && !_life.IsHurt && !IsMovedInVain)
            {
                Rule.Require(client.Delivered == server.Sent, $"At rest the client has got all that the server sent: {client.Delivered} of {server.Sent}.");
                Rule.Require(server.Delivered == client.Sent, $"At rest the server has got all that the client sent: {server.Delivered} of {client.Sent}.");
                _life.Reach(LifePath.AllDelivered);
            }
        }

        client.StopDialing();
        _life.Trace($"the end that was planned: {_ending}");
        _life.Reach(_ending);
        switch (_ending)
        {
            case LifePath.ClosedByClient:
                client.Close(new ClientDisconnect());
                break;
            case LifePath.ClosedByServer:
                server.Close(new ServerDisconnect());
                break;
            case LifePath.ClosedByBoth:
                _life.After(_life.Delay(), () => client.Close(new ClientDisconnect()));
                _life.After(_life.Delay(), () => server.Close(new ServerDisconnect()));
                break;
            default:
                Break();
                break;
        }

        if (_life.Network.IsFaulty && _life.Chance(0.1))
        {
            // While goodbye is being said.
            _life.After(_life.Within(TimeSpan.FromMilliseconds(200)), Break);
        }

        if (!server.IsStarted)
        {
            // It may be that the request for the session has yet to arrive.
            _life.After(s_slack, () => server.Close(new ServerDisconnect()));
        }
    }

    private void Break()
    {
        _life.Hurt($"{_ending}");
        _life.Network.Die(isSilent: _life.Chance(0.5));
        if (_ending is LifePath.ClientCrashed)
        {
            _life.Client.Crash();
        }
        else if (_ending is LifePath.ServerCrashed)
        {
            _life.Server.Crash();
        }
    }

    /// <summary>What was sent before a goodbye that arrived, arrived before it.</summary>
    private void JudgeDelivery(DisconnectReason ofClient, DisconnectReason ofServer)
    {
        if (ofServer is ClientDisconnect)
        {
            Rule.Require(_life.Server.Delivered == _life.Client.Sent, $"The client's goodbye comes behind its messages: {_life.Server.Delivered} of {_life.Client.Sent}.");
        }

        if (ofClient is ServerDisconnect)
        {
            Rule.Require(_life.Client.Delivered == _life.Server.Sent, $"The server's goodbye comes behind its messages: {_life.Client.Delivered} of {_life.Server.Sent}.");
        }
    }

    /// <summary>Whoever is left alone finds out within the heartbeat, and is done with a goodbye's time later.</summary>
    private void JudgeTime(SimulatedEnd end, SimulatedEnd peer)
    {
        if (end.Reason is null)
        {
            return;
        }

        var gone = peer.Reason is not null ? peer.EndedAt : EndsAt;
        Rule.Require(end.EndedAt <= gone + SimulatedClient.PingInterval + SimulatedClient.PingTimeout + s_slack, $"The {end} notices in time that it is alone.");
        Rule.Require(end.IsCrashed || end.FinishedAt <= end.EndedAt + SimulatedClient.CloseTimeout + s_slack, $"The {end} does not wait for a goodbye for ever.");
    }
}
