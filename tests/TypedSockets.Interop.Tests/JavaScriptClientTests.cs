using TypedSockets.Interop.Tests.Programs;
using TypedSockets.Interop.Tests.Servers;

namespace TypedSockets.Interop.Tests;

/// <summary>Engine.IO's own client for JavaScript, with heartbeats due all the while. Against Engine.IO's own server it shows that the test is right, and against this one that the server is.</summary>
[Trait("Category", "Node")]
public sealed class JavaScriptClientTests(ServerPairs servers) : IClassFixture<ServerPairs>
{
    // Twelve sizes, as text and as bytes, sent four times; then one empty message.
    private const int Sent = 96;

    /// <summary>How it connects, the transports it opens on and arrives at, and which side ends the session.</summary>
    public static TheoryData<bool, string, string, string, string> Scenarios { get; } = [.. CreateScenarios()];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Client_AgainstEitherServer_ExchangesEverythingInOrderAndHearsWhyItEnds(bool isOurs, string arguments, string opensOn, string arrivesAt, string end)
    {
        var (node, ours) = await servers.GetAsync(Heartbeat.Patient);
        var server = isOurs ? ours : node;
        await using var client = NodeProgram.Start("client.mjs", [$"--url={server.Address}", $"--end={end}", "--heartbeats=2", .. arguments.Split(' ')]);

        var open = await client.ReadAsync("open");
        Assert.Equal(opensOn, open.GetProperty("transport").GetString());
        Assert.Equal(opensOn == "polling" ? 1 : 0, open.GetProperty("upgrades").GetArrayLength());
        Assert.Equal(arrivesAt, (await client.ReadAsync("upgrade")).GetProperty("transport").GetString());

        var echoed = await client.ReadAsync("echoed");
        Assert.Equal((Sent * 3 / 4, arrivesAt), (echoed.GetProperty("count").GetInt32(), echoed.GetProperty("transport").GetString()));
        await client.ReadAsync("heartbeats");
        Assert.Equal(Sent, (await client.ReadAsync("echoed")).GetProperty("count").GetInt32());
        Assert.Equal(Sent + 1, (await client.ReadAsync("echoed")).GetProperty("count").GetInt32());

        // Engine.IO's client has these words for it, whichever server it speaks to.
        Assert.Equal(end == "client" ? "forced close" : "transport close", (await client.ReadAsync("close")).GetProperty("reason").GetString());
        Assert.Null(await client.ReadAsync());
    }

    private static IEnumerable<TheoryDataRow<bool, string, string, string, string>> CreateScenarios() =>
        from isOurs in (bool[])[false, true]
        from scenario in ((string, string, string)[])
        [
            ("--transports=polling,websocket", "polling", "websocket"),
            ("--transports=polling,websocket --forceBase64", "polling", "websocket"),
            ("--transports=polling", "polling", "polling"),
            ("--transports=websocket", "websocket", "websocket"),
            ("--transports=websocket --forceBase64", "websocket", "websocket"),
        ]
        from end in (string[])["client", "server"]
        select new TheoryDataRow<bool, string, string, string, string>(isOurs, scenario.Item1, scenario.Item2, scenario.Item3, end);
}
