using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Connections;

/// <summary>Moves the session to another transport.</summary>
internal abstract partial class Connection
{
    /// <summary>Begins an upgrade, which is told when the session ends. Returns whether there may be one: the session is open, on HTTP long-polling, and no other is under way.</summary>
    public bool TryBeginUpgrade(IUpgrade upgrade)
    {
        lock (_session)
        {
            if (_session.State is not SessionState.Open || _transport is not PollingTransport { Successor: null } || _upgrade is not null)
            {
                return false;
            }

            _upgrade = upgrade;
            return true;
        }
    }

    /// <summary>The upgrade is over, whatever came of it.</summary>
    public void EndUpgrade()
    {
        lock (_session)
        {
            _upgrade = null;
        }
    }

    /// <summary>
    /// Moves the session to another transport with everything that waits to be sent; the receive loop follows when it has handed on what the old transport brought. Returns false when
    /// the session or its transport has ended meanwhile.
    /// </summary>
    /// <param name="next">Proven, and with nobody receiving on it.</param>
    /// <param name="first">The packet that it sends before all else; empty for none.</param>
    public bool TryMoveTo(PacketTransport next, ReadOnlySpan<byte> first) => Transport is PollingTransport polling && polling.TrySupersede(next, first);

    /// <summary>Something became of an upgrade: <see cref="Upgrading"/>, <see cref="Upgraded"/> or <see cref="UpgradeFailed"/>. Runs on any thread.</summary>
    public virtual void OnUpgrade(ConnectionEvent change)
    {
    }

    private bool TryFollow(PacketTransport transport)
    {
        if (transport.Successor is not { } successor)
        {
            return false;
        }

        // Whoever still holds on to the old transport reaches the new one through it.
        Volatile.Write(ref _transport, successor);
        return true;
    }

    /// <param name="why">What the peer is to be told on the new transport too; null for nothing.</param>
    private void AbandonUpgrade(DisconnectReason? why)
    {
        IUpgrade? upgrade;
        lock (_session)
        {
            (upgrade, _upgrade) = (_upgrade, null);
        }

        if (upgrade is null)
        {
            return;
        }

        if (why is not null && upgrade.Proven is { } transport)
        {
            // A client whose last word about the upgrade is on its way here has left the old transport, and would hear of the end by the close of the new one alone.
            SendReason(transport, why);
        }

        upgrade.OnSessionEnded();
    }
}
