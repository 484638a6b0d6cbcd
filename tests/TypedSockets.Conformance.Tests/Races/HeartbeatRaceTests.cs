using TypedSockets.Conformance.Tests.Engine;

namespace TypedSockets.Conformance.Tests.Races;

/// <summary>A ping that is due while a session moves: none is lost, none comes twice, and its pong counts over either transport.</summary>
public sealed class HeartbeatRaceTests
{
    // Time goes on in steps of more than this and a tick of the server.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(150);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Ping_DueAtTheMomentOfTheUpgrade_ArrivesOnTheWebSocket()
    {
        await using var server = await StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            await Race.RunAsync(round, () => webSocket.SendTextAsync("5"), Race.Do(() => _time.Advance(s_step)));
            await AssertHeartbeatsAsync(webSocket);
        }
    }

    [Fact]
    public async Task Ping_FetchedByPolling_IsAnsweredOnTheWebSocket()
    {
        await using var server = await StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            _time.Advance(s_step);
            (await session.GetAsync()).AssertBody("2");
            await webSocket.SendTextAsync("5");
            await webSocket.SendTextAsync("3");
            // Otherwise the next would not be due: it counts from the pong.
            await webSocket.AssertEchoAsync("the pong has arrived");
            _time.Advance(s_step);
            await AssertHeartbeatsAsync(webSocket);
        }
    }

    [Fact]
    public async Task Ping_FetchedByPolling_IsAnsweredByPollingDuringTheUpgrade()
    {
        await using var server = await StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            _time.Advance(s_step);
            (await session.GetAsync()).AssertBody("2");
            RawPeer? webSocket = null;
            await Race.RunAsync(round, async () => webSocket = await session.ProbeAsync(), async () => (await session.PostAsync("3")).AssertBody("ok"));
            await Race.RunAsync(round, () => webSocket!.SendTextAsync("5"), Race.Do(() => _time.Advance(s_step)));
            await AssertHeartbeatsAsync(webSocket!);
        }
    }

    private async Task AssertHeartbeatsAsync(RawPeer webSocket)
    {
        for (var heartbeat = 0; heartbeat < 2; heartbeat++)
        {
            Assert.Equal("2", await webSocket.ReadTextAsync());
            await webSocket.SendTextAsync("3");
            await webSocket.AssertEchoAsync("the pong has arrived");
            _time.Advance(s_step);
        }
    }

    private Task<EngineServer> StartAsync() => EngineServer.StartAsync(
        options =>
        {
            options.HeartbeatInterval = s_interval;
            options.HeartbeatTimeout = TimeSpan.FromSeconds(20);
            options.UpgradeTimeout = TimeSpan.FromDays(1);
        },
        _time);
}
