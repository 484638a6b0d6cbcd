using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Tests.Documents;
using TypedSockets.Protocol.Upgrades;

namespace TypedSockets.Protocol.Tests.Upgrades;

public sealed class UpgradeTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    [Fact]
    public void Client_EveryStateAndInput_HasTheDecisionOfTheTable() => new MachineTable<ClientUpgrade>(
        "client",
        upgrade => $"{upgrade.State}",
        [Client(UpgradeState.Opening), Client(UpgradeState.Probing), Client(UpgradeState.Pausing), Client(UpgradeState.Moving), Client(UpgradeState.Done), Client(UpgradeState.Failed)],
        new Dictionary<string, Func<ClientUpgrade, string>>(Inputs<ClientUpgrade>())
        {
            ["WebSocket open"] = upgrade => Name(upgrade.Opened()),
            ["polling is quiet"] = upgrade => Name(upgrade.Paused()),
        }).AssertIsIn("upgrade.md");

    [Fact]
    public void Server_EveryStateAndInput_HasTheDecisionOfTheTable() => new MachineTable<ServerUpgrade>(
        "server",
        upgrade => $"{upgrade.State}",
        [Server(UpgradeState.Opening), Server(UpgradeState.Probing), Server(UpgradeState.Moving), Server(UpgradeState.Done), Server(UpgradeState.Failed)],
        new Dictionary<string, Func<ServerUpgrade, string>>(Inputs<ServerUpgrade>())).AssertIsIn("upgrade.md");

    [Fact]
    public void Server_LetsAGetGo_AtTheProbeAndEveryInterval_UntilItIsTooLate()
    {
        var upgrade = Server(UpgradeState.Opening)();
        var actions = upgrade.Receive(PacketType.Ping, isProbe: true, TimeSpan.FromSeconds(1));
        Assert.Equal(UpgradeActions.AnswerProbe | UpgradeActions.ReleaseGet, actions);
        for (var at = TimeSpan.FromSeconds(1) + ServerUpgrade.ReleaseInterval; at < s_timeout; at += ServerUpgrade.ReleaseInterval)
        {
            Assert.Equal(at, upgrade.Deadline);
            Assert.Equal(UpgradeActions.ReleaseGet, upgrade.Elapse(at));
        }

        Assert.Equal(s_timeout, upgrade.Deadline);
        Assert.Equal(UpgradeActions.CloseNew | UpgradeActions.ReportFailure, upgrade.Elapse(s_timeout));
        Assert.Contains("10 s", upgrade.Failure!.Description, StringComparison.Ordinal);
        Assert.Null(upgrade.Deadline);
    }

    [Fact]
    public void Client_GivesUpInAnyState_AndLetsPollingGoOnWhereItWasPaused()
    {
        Assert.Equal(UpgradeActions.CloseNew | UpgradeActions.ReportFailure, Client(UpgradeState.Opening)().Elapse(s_timeout));
        Assert.Equal(UpgradeActions.CloseNew | UpgradeActions.ReportFailure, Client(UpgradeState.Probing)().Elapse(s_timeout));
        Assert.Equal(UpgradeActions.CloseNew | UpgradeActions.ReportFailure | UpgradeActions.ResumeOld, Client(UpgradeState.Pausing)().Elapse(s_timeout));
        // Nothing is left to wait for.
        Assert.Null(Client(UpgradeState.Moving)().Deadline);
    }

    private static Dictionary<string, Func<TUpgrade, string>> Inputs<TUpgrade>() where TUpgrade : Upgrade => new()
    {
        ["packet `2probe`"] = upgrade => Name(upgrade.Receive(PacketType.Ping, isProbe: true, default)),
        ["packet `3probe`"] = upgrade => Name(upgrade.Receive(PacketType.Pong, isProbe: true, default)),
        ["packet `5`"] = upgrade => Name(upgrade.Receive(PacketType.Upgrade, isProbe: false, default)),
        ["packet `2`"] = upgrade => Name(upgrade.Receive(PacketType.Ping, isProbe: false, default)),
        ["packet `3`"] = upgrade => Name(upgrade.Receive(PacketType.Pong, isProbe: false, default)),
        ["any other packet"] = upgrade => Name(upgrade.Receive(PacketType.Message, isProbe: false, default)),
        ["time before the deadline"] = upgrade => Name(upgrade.Elapse((upgrade.Deadline ?? s_timeout) - TimeSpan.FromTicks(1))),
        ["time at the deadline"] = upgrade => Name(upgrade.Elapse(upgrade.Deadline ?? s_timeout)),
        ["WebSocket failed"] = upgrade => Name(upgrade.Fail(new TransportClose())),
        ["the session ended"] = upgrade => Name(upgrade.Abandon()),
        ["the session moved"] = upgrade => Name(upgrade.Moved()),
    };

    private static string Name(UpgradeActions actions) => actions is UpgradeActions.None ? "" : actions.ToString().Replace(",", "", StringComparison.Ordinal);

    private static Func<ClientUpgrade> Client(UpgradeState state) => () =>
    {
        var upgrade = new ClientUpgrade(s_timeout);
        upgrade.Start(default);
        Action[] steps = [() => { }, () => upgrade.Opened(), () => upgrade.Receive(PacketType.Pong, isProbe: true, default), () => upgrade.Paused(), () => upgrade.Moved()];
        return Lead(upgrade, steps, state);
    };

    private static Func<ServerUpgrade> Server(UpgradeState state) => () =>
    {
        var upgrade = new ServerUpgrade(s_timeout);
        upgrade.Start(default);
        Action[] steps = [() => { }, () => upgrade.Receive(PacketType.Ping, isProbe: true, default), () => { }, () => upgrade.Receive(PacketType.Upgrade, isProbe: false, default), () => upgrade.Moved()];
        return Lead(upgrade, steps, state);
    };

    private static TUpgrade Lead<TUpgrade>(TUpgrade upgrade, Action[] steps, UpgradeState state) where TUpgrade : Upgrade
    {
        if (state is UpgradeState.Failed)
        {
            upgrade.Fail(new TransportClose());
        }
        else
        {
            Array.ForEach(steps[..((int)state + 1)], step => step());
        }

        Assert.Equal(state, upgrade.State);
        return upgrade;
    }
}
