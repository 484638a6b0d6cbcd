using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Upgrades;

/// <summary>The server's end of an upgrade: it answers the probe, lets every GET go that comes meanwhile, and moves when the client says so.</summary>
internal sealed class ServerUpgrade(TimeSpan upgradeTimeout) : Upgrade(upgradeTimeout)
{
    // A GET that comes after the probe is let go at the next of these, not at once: a client that has not stopped polling would come back as fast as it can.
    public static readonly TimeSpan ReleaseInterval = TimeSpan.FromMilliseconds(100);

    public override UpgradeActions Receive(PacketType type, bool isProbe, TimeSpan now)
    {
        switch (State, type)
        {
            case (UpgradeState.Moving or UpgradeState.Done or UpgradeState.Failed, _):
                return UpgradeActions.None;
            case (_, PacketType.Ping) when isProbe:
                State = UpgradeState.Probing;
                Deadline = Earlier(now + ReleaseInterval, TimeoutAt);
                // The GET that is held now is let go at once: a client that has its answer waits for nothing else.
                return UpgradeActions.AnswerProbe | UpgradeActions.ReleaseGet;
            case (_, PacketType.Upgrade):
                return BeginMove();
            default:
                return Fail(new ForcedClose($"A client sent a packet of type {type} on a transport that it had not moved to."));
        }
    }

    private protected override UpgradeActions ElapseWhileRunning(TimeSpan now)
    {
        Deadline = Earlier(now + ReleaseInterval, TimeoutAt);
        return UpgradeActions.ReleaseGet;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
