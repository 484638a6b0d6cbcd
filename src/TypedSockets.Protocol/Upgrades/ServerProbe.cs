using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Upgrades;

/// <summary>The server's end of an upgrade, on the transport that the client opened beside the session's.</summary>
internal sealed class ServerProbe : Probe
{
    private static readonly byte[] s_answer = [(byte)PacketType.Pong, .. "probe"u8];

    private readonly PacketTransport _old;
    private readonly PacketTransport _new;

    public ServerProbe(Connection connection, PacketTransport transport, TimeSpan upgradeTimeout, TimeSpan closeTimeout)
        : base(connection, new ServerUpgrade(upgradeTimeout), closeTimeout)
    {
        _old = connection.Transport;
        _new = transport;
        Attach(transport);
    }

    /// <inheritdoc/>
    public override PacketTransport? Proven => State is UpgradeState.Probing or UpgradeState.Moving ? _new : null;

    /// <summary>Lives until the session has moved to the new transport, or the new transport has ended. Returns whether it moved.</summary>
    public Task<bool> RunAsync()
    {
        Connection.OnUpgrade(new Upgrading(_old.Kind, _new.Kind));
        Begin();
        return MoveToAsync(_new, default);
    }

    /// <summary>Closes the new transport: there is nothing to move to it.</summary>
    public Task RefuseAsync()
    {
        Input(machine => machine.Abandon());
        return CloseAsync(_new);
    }

    private protected override void ApplyOwn(UpgradeActions actions)
    {
        if (actions.HasFlag(UpgradeActions.AnswerProbe))
        {
            // Before a GET is let go, so that the client knows why.
            _new.SendText(s_answer);
        }

        if (actions.HasFlag(UpgradeActions.ReleaseGet) && _old is ServerPollingTransport polling)
        {
            polling.ReleaseGet();
        }
    }
}
