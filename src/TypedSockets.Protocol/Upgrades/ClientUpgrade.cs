using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Upgrades;

/// <summary>The client's end of an upgrade: it probes the new transport while the old one works on, lets the old one go quiet, and moves.</summary>
internal sealed class ClientUpgrade(TimeSpan upgradeTimeout) : Upgrade(upgradeTimeout)
{
    /// <summary>The new transport is open.</summary>
    public UpgradeActions Opened()
    {
        if (State is not UpgradeState.Opening)
        {
            return UpgradeActions.None;
        }

        State = UpgradeState.Probing;
        return UpgradeActions.SendProbe;
    }

    public override UpgradeActions Receive(PacketType type, bool isProbe, TimeSpan now)
    {
        switch (State, type)
        {
            case (UpgradeState.Done or UpgradeState.Failed, _):
                return UpgradeActions.None;
            case (UpgradeState.Probing, PacketType.Pong) when isProbe:
                State = UpgradeState.Pausing;
                return UpgradeActions.PauseOld;
            case (_, PacketType.Message):
                // No violation: a server that ends the session says why wherever the client may be listening. Over the old transport it is heard.
                return Fail(new TransportError("The server ended the session before it had moved."));
            default:
                return Fail(new ForcedClose($"A server sent a packet of type {type} on a transport that was being probed."));
        }
    }

    /// <summary>The old transport has gone quiet: what it had to send is sent, what it was to bring has been handed on.</summary>
    public UpgradeActions Paused() => State is UpgradeState.Pausing ? BeginMove() : UpgradeActions.None;
}
