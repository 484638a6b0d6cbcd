using TypedSockets.Lifecycle.Tests.Scenarios;
using TypedSockets.Lifecycle.Tests.Table;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>Every way a session ends, really done on each transport, and seen from both ends. What is seen is the table in docs/guides/reasons.md.</summary>
public sealed class ReasonTests(ScenarioRuns runs) : IClassFixture<ScenarioRuns>
{
    private const string Accept = "TYPEDSOCKETS_ACCEPT_SNAPSHOTS";

    public static TheoryData<string, Way> Ends =>
        [.. ScenarioRuns.Groups.SelectMany(group => group.Scenarios).SelectMany(scenario => scenario.Ways.Select(way => new TheoryDataRow<string, Way>(scenario.What, way)))];

    public static TheoryData<string> Moves => [.. Upgrades.All.Select(scenario => scenario.What)];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Session_Ends_BothEndsSeeWhyAndNothingIsLeft(string what, Way way)
    {
        var seen = await runs.EndOf(what, way);
        var scenario = ScenarioRuns.Groups.SelectMany(group => group.Scenarios).Single(scenario => scenario.What == what);
        Assert.Equal(scenario.SeenBy.HasFlag(Sides.Client), seen.Client is not null);
        Assert.Equal(scenario.SeenBy.HasFlag(Sides.Server), seen.Server is not null);
        Assert.Equal(seen.Client?.AllowsReconnect, seen.WillReconnect);
        if (seen.Client?.Code == seen.Server?.Code && seen is { Client: not null and not (TransportClose or ContractMismatch or Unauthorized), Server.Initiator: not Initiator.Network })
        {
            // One reason, told by one end to the other. (A closed transport each end sees for itself; a contract that the server refuses makes the client leave, and say so.)
            Assert.NotEqual(seen.Client.Initiator, seen.Server.Initiator);
        }
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Upgrade_Fails_SessionGoesOnAndNothingIsLost(string what) => Assert.NotNull(await runs.UpgradeOf(what));

    [Fact]
    public async Task Table_IsTheOneInTheDocumentation()
    {
        var rows = await ReasonTable.WriteAsync(runs);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            ReasonGuide.Replace(rows);
        }

        Assert.True(rows == ReasonGuide.Read(), $"""
            What both ends see differs from docs/guides/reasons.md. It is now:
            {rows}
            If that is meant, accept it and review the change: {Accept}=1 dotnet test --project tests/TypedSockets.Lifecycle.Tests
            """);
    }

    /// <summary>A server never sees a handshake that it refused as the end of a session: there was none.</summary>
    [Fact]
    public async Task EveryReason_OccursOnEachSideWhereItCan()
    {
        var seen = new HashSet<(Type, Side)>();
        foreach (var (_, scenarios) in ScenarioRuns.Groups)
        {
            foreach (var (scenario, way) in scenarios.SelectMany(scenario => scenario.Ways.Select(way => (scenario, way))))
            {
                var observation = await runs.EndOf(scenario.What, way);
                seen.UnionWith(new[] { (observation.Client?.GetType()!, Side.Client), (observation.Server?.GetType()!, Side.Server) }.Where(pair => pair.Item1 is not null));
            }
        }

        var reasons = typeof(DisconnectReason).Assembly.GetTypes().Where(type => type.BaseType == typeof(DisconnectReason)).ToArray();
        Assert.Equal(Enum.GetValues<DisconnectCode>().Length, reasons.Length);
        var wanted = reasons.SelectMany(type => new[] { (type, Side.Client), (type, Side.Server) }).Except([(typeof(HandshakeRejected), Side.Server)]);
        Assert.Empty(wanted.Except(seen));
    }

    [Fact]
    public async Task NoException_WentUnobserved()
    {
        foreach (var (_, scenarios) in ScenarioRuns.Groups)
        {
            await Task.WhenAll(scenarios.SelectMany(scenario => scenario.Ways.Select(way => runs.EndOf(scenario.What, way))));
        }

        await Task.WhenAll(Upgrades.All.Select(scenario => runs.UpgradeOf(scenario.What)));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Empty(runs.Unobserved);
    }
}
