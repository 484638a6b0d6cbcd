namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Engine.IO 4, "Upgrade".</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Session_Moves_AndRequestsOfPollingAreRefusedFromThenOn()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        await session.PostAsync("4waits");
        var webSocket = await session.ProbeAsync();
        await webSocket.SendTextAsync("5");
        Assert.Equal("4waits", await webSocket.ReadTextAsync());
        (await session.GetAsync()).AssertRefused(RawAnswers.BadRequest);
        (await session.PostAsync("4a")).AssertRefused(RawAnswers.BadRequest);
        await webSocket.AssertEchoAsync("hello");
    }

    [Fact]
    public async Task SecondWebSocket_IsClosedAndTheFirstGoesOn()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        var webSocket = await session.UpgradeAsync();
        Assert.Equal(1008, await (await session.DialAsync()).ReadCloseAsync());
        await webSocket.AssertEchoAsync("hello");
    }

    [Fact]
    public async Task WebSocket_ThatIsNotProvenInTime_IsClosedAndPollingGoesOn()
    {
        var time = new ManualTime();
        await using var server = await EngineServer.StartAsync(
            options =>
            {
                options.HeartbeatInterval = TimeSpan.FromDays(1);
                options.UpgradeTimeout = TimeSpan.FromSeconds(10);
            },
            time);
        await using var session = await RawSession.OpenAsync(server);
        var webSocket = await session.ProbeAsync();
        time.Advance(TimeSpan.FromSeconds(10) + TimeSpan.FromMilliseconds(100));
        await webSocket.ReadCloseAsync();
        await webSocket.WaitForEndOfStreamAsync();
        (await session.PostAsync("4a")).AssertBody("ok");
        (await session.GetAsync()).AssertBody("4a");

        // And it may be tried again.
        await session.UpgradeAsync();
    }

    [Fact]
    public async Task Server_ThatAllowsNoUpgrade_OffersNoneAndClosesTheWebSocket()
    {
        await using var server = await EngineServer.StartAsync(options => options.AllowUpgrade = false);
        await using var session = await RawSession.OpenAsync(server);
        Assert.Contains("\"upgrades\":[]", session.Handshake.Body, StringComparison.Ordinal);
        await (await session.DialAsync()).ReadCloseAsync();
        (await session.PostAsync("4a")).AssertBody("ok");
        (await session.GetAsync()).AssertBody("4a");
    }
}
