using System.Text;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>Engine.IO 4, "Message": text and binary, one and several, in both directions.</summary>
public sealed class MessageTests
{
    private const char Separator = '\u001e';

    [Theory]
    [InlineData("4")]
    [InlineData("4hello")]
    [InlineData("4é€😀")]
    [InlineData("b")]
    [InlineData("bAAECAwT/")]
    [InlineData("4a\u001ebAAEC\u001e4b")]
    public async Task Polling_EveryMessageComesBackAsItWas(string payload)
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        (await session.PostAsync(payload)).AssertBody("ok");
        (await session.GetAsync()).AssertBody(payload);

        await session.HoldGetAsync();
        (await session.PostAsync(payload)).AssertBody("ok");
        (await session.ReadGetAsync()).AssertBody(payload);
    }

    [Fact]
    public async Task Polling_SeveralPosts_AreFetchedTogetherInOrder()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        List<string> packets = [];
        for (var post = 0; post < 20; post++)
        {
            packets.Add($"4{post}");
            (await session.PostAsync($"4{post}")).AssertBody("ok");
        }

        (await session.GetAsync()).AssertBody(string.Join(Separator, packets));
    }

    [Fact]
    public async Task Polling_TheServersOwnMessages_AnswerTheGetThatIsHeldOrTheNext()
    {
        await using var server = await EngineServer.StartAsync();
        await using var session = await RawSession.OpenAsync(server);
        await session.HoldGetAsync();
        server.Broadcast("one");
        (await session.ReadGetAsync()).AssertBody("4one");
        server.Broadcast("two");
        server.Find(session.Id).Send([0, 1, 2], isBinary: true);
        (await session.GetAsync()).AssertBody($"4two{Separator}bAAEC");
    }

    [Fact]
    public async Task WebSocket_TextAndBinaryComeBackAsTheyWere()
    {
        await using var server = await EngineServer.StartAsync();
        await using var peer = await RawPeer.DialAsync(server.Address);
        await peer.SendAsync(HttpRequest.WebSocket.ToBytes(server.Address, null));
        Assert.Equal(101, (await peer.ReadResponseAsync("GET")).Status);
        Assert.StartsWith("0{", await peer.ReadTextAsync(), StringComparison.Ordinal);
        foreach (var length in (int[])[0, 1, 125, 126, 65_535, 65_536])
        {
            var text = Encoding.ASCII.GetBytes("4" + new string('x', length));
            var binary = new byte[length];
            await peer.SendFrameAsync(0x1, text);
            await peer.SendFrameAsync(0x2, binary);
            Assert.Equivalent(new RawFrame(0x1, text), await peer.ReadFrameAsync());
            Assert.Equivalent(new RawFrame(0x2, binary), await peer.ReadFrameAsync());
        }
    }
}
