namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Engine.IO 4, "Heartbeat", to the millisecond of the test's own clock.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    // Neither these nor their sum fall on one of the server's ticks.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(330);
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(230);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Polling_PingsAreAnsweredForThreeRounds()
    {
        await using var server = await StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        for (var round = 0; round < 3; round++)
        {
            await session.HoldGetAsync();
            _time.Advance(s_interval + s_tick);
            (await session.ReadGetAsync()).AssertBody("2");
            (await session.PostAsync("3")).AssertBody("ok");
        }
    }

    [Fact]
    public async Task Polling_WithoutAPong_TheSessionIsUnknownFromThenOn()
    {
        await using var server = await StartAsync();
        await using var early = await RawSession.OpenAsync(server);
        await using var late = await RawSession.OpenAsync(server);
        _time.Advance(s_interval + s_tick);
        (await early.GetAsync()).AssertBody("2");
        (await late.GetAsync()).AssertBody("2");

        _time.Advance(s_timeout - s_tick - s_millisecond);
        await early.HoldGetAsync();
        _time.Advance(s_millisecond);
        (await late.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        _time.Advance(s_tick);
        (await early.ReadGetAsync()).AssertBody("1");
        (await early.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        Assert.All((DisconnectReason[])[await server.WhenEndedAsync(early.Id), await server.WhenEndedAsync(late.Id)], reason => Assert.Equal(s_interval + s_timeout, Assert.IsType<PingTimeout>(reason).Limit));
    }

    [Fact]
    public async Task Polling_ThatFetchesNothing_IsUnknownAfterIntervalAndTimeout()
    {
        await using var server = await StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        _time.Advance(s_interval + s_timeout);
        (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
    }

    [Fact]
    public async Task WebSocket_PingsAreAnsweredForThreeRoundsAndThenItIsCut()
    {
        await using var server = await StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        var webSocket = await session.UpgradeAsync();
        for (var round = 0; round < 3; round++)
        {
            _time.Advance(s_interval + s_tick);
            Assert.Equal("2", await webSocket.ReadTextAsync());
            await webSocket.SendTextAsync("3");
            await webSocket.AssertEchoAsync("the pong has arrived");
        }

        _time.Advance(s_interval + s_tick);
        Assert.Equal("2", await webSocket.ReadTextAsync());
        _time.Advance(s_timeout - s_tick - s_millisecond);
        await webSocket.AssertEchoAsync("still here");
        _time.Advance(s_millisecond + s_tick);
        await webSocket.WaitForCutAsync();
        Assert.IsType<PingTimeout>(await server.WhenEndedAsync(session.Id));
    }

    private Task<EngineServer> StartAsync() => EngineServer.StartAsync(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (s_interval, s_timeout), _time);
}
