using System.Text;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Engine.IO 4, "Close", from each side over each transport.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task Polling_TheClientCloses_TheHeldGetIsReleased()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        await session.HoldGetAsync();
        (await session.PostAsync("1")).AssertBody("ok");
        (await session.ReadGetAsync()).AssertBody("6");
        (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        Assert.Equal(new TransportClose { Initiator = Initiator.Remote }, await server.WhenEndedAsync(session.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Polling_TheServerCloses_TheClientIsTold(bool isHeld)
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        if (isHeld)
        {
            await session.HoldGetAsync();
        }

        server.Find(session.Id).Close(new ServerDisconnect());
        (isHeld ? await session.ReadGetAsync() : await session.GetAsync()).AssertBody("1");
        (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        (await session.PostAsync("4a")).AssertRefused(RawAnswers.SessionUnknown);
    }

    [Fact]
    public async Task WebSocket_TheClientClosesWithAPacket_TheServerClosesTheWebSocket()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        var webSocket = await session.UpgradeAsync();
        await webSocket.SendTextAsync("1");
        Assert.Equal(1000, await webSocket.ReadCloseAsync());
        await webSocket.WaitForEndOfStreamAsync();
        Assert.Equal(new TransportClose { Initiator = Initiator.Remote }, await server.WhenEndedAsync(session.Id));
    }

    [Fact]
    public async Task WebSocket_TheClientClosesWithAFrame_TheServerAnswersIt()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        var webSocket = await session.UpgradeAsync();
        await webSocket.SendFrameAsync(0x8, [0x03, 0xe9, .. "leaving"u8]);
        Assert.Equal(1001, await webSocket.ReadCloseAsync());
        Assert.Equal(new TransportClose(1001, "leaving") { Initiator = Initiator.Remote }, await server.WhenEndedAsync(session.Id));
    }

    [Fact]
    public async Task WebSocket_TheServerCloses_TheClientGetsWhatWasSentAndThenAFrame()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        var webSocket = await session.UpgradeAsync();
        server.Find(session.Id).Send(Encoding.ASCII.GetBytes("4last words"), isBinary: false);
        server.Find(session.Id).Close(new ServerDisconnect());
        Assert.Equal("4last words", await webSocket.ReadTextAsync());
        Assert.Equal(1000, await webSocket.ReadCloseAsync());
        await webSocket.WaitForEndOfStreamAsync();
    }
}
