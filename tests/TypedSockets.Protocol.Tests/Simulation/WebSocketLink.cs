using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>One WebSocket between the ends: ordered in each direction, until it breaks.</summary>
internal sealed class WebSocketLink
{
    private readonly Life _life;
    private bool _isBroken;

    public WebSocketLink(Life life)
    {
        _life = life;
        Client = new SimulatedWebSocket(life, this, "client");
        Server = new SimulatedWebSocket(life, this, "server");
    }

    public SimulatedWebSocket Client { get; }

    public SimulatedWebSocket Server { get; }

    /// <summary>Whether the client has sent its last word on the move: from now on the session is lost with the WebSocket.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Carries a packet, or the close frame.</summary>
    public void Carry(SimulatedWebSocket from, Packet? packet)
    {
        IsUsed |= packet is { Type: PacketType.Upgrade };
        if (_isBroken)
        {
            if (packet is { Type: PacketType.Upgrade })
            {
                _life.Hurt("the client moves to a WebSocket that is broken already");
            }

            return;
        }

        var to = from == Client ? Server : Client;
        var at = _life.Now + _life.Delay();
        to.ArrivesAt = at > to.ArrivesAt ? at : to.ArrivesAt;
        _life.After(to.ArrivesAt - _life.Now, () =>
        {
            if (!_isBroken)
            {
                to.Arrive(packet);
            }
        });
    }

    /// <summary>Breaks the link while only the upgrade depends on it.</summary>
    public void BreakUnlessUsed()
    {
        if (!IsUsed)
        {
            _life.Reach(LifePath.UpgradeCut);
            Break(isSilent: _life.Chance(0.3));
        }
    }

    public void BreakAnyway()
    {
        _life.Reach(IsUsed ? LifePath.WebSocketCut : LifePath.UpgradeCut);
        if (IsUsed)
        {
            _life.Hurt("the WebSocket");
        }

        Break(isSilent: _life.Chance(0.3));
    }

    /// <summary>Cuts the link; whoever is there finds out, or does not.</summary>
    public void Break(bool isSilent)
    {
        if (_isBroken)
        {
            return;
        }

        _isBroken = true;
        _life.Trace($"the WebSocket breaks{(isSilent ? " in silence" : "")}");
        if (!isSilent)
        {
            _life.After(_life.Delay(), Client.Lose);
            _life.After(_life.Delay(), Server.Lose);
        }
    }
}
