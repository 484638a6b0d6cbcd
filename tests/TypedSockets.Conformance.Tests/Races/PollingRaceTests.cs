using System.Text;
using Microsoft.Extensions.Hosting;
using TypedSockets.Conformance.Tests.Engine;

namespace TypedSockets.Conformance.Tests.Races;

/// <summary>Requests of one session that arrive at the same moment over several connections. The server's clock stands still, so nothing here depends on speed.</summary>
public sealed class PollingRaceTests
{
    [Fact]
    public async Task Get_SentTogetherWithAGoodbye_IsAnsweredWithANoopInEveryOrder()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            await Race.RunAsync(round, () => session.SendGetAsync(), () => session.SendPostAsync("1"));
            (await session.ReadGetAsync()).AssertBody("6");
            (await session.ReadPostAsync()).AssertBody("ok");
            (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
            Assert.Equal(new TransportClose { Initiator = Initiator.Remote }, await server.WhenEndedAsync(session.Id));
        }
    }

    [Fact]
    public async Task Session_UsedBeforeItsHandshakeHasBeenReadWhole_IsKnown()
    {
        await using var server = await EngineServer.StartAsync(options => options.Cookie = new());
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var handshake = await RawPeer.DialAsync(server.Address);
            await using var get = await RawPeer.DialAsync(server.Address);
            await using var post = await RawPeer.DialAsync(server.Address);
            await using var webSocket = await RawPeer.DialAsync(server.Address);
            await handshake.SendAsync(HttpRequest.Handshake.ToBytes(server.Address, null));
            var id = await ReadCookieAsync(handshake);
            await Race.RunAsync(
                round,
                () => get.SendAsync(HttpRequest.Poll.ToBytes(server.Address, id)),
                () => post.SendAsync(HttpRequest.Post("4hello").ToBytes(server.Address, id)),
                () => webSocket.SendAsync(HttpRequest.Upgrade.ToBytes(server.Address, id)));
            (await get.ReadResponseAsync("GET")).AssertBody("4hello");
            (await post.ReadResponseAsync("POST")).AssertBody("ok");
            Assert.Equal(101, (await webSocket.ReadResponseAsync("GET")).Status);
            await webSocket.SendTextAsync("2probe");
            Assert.Equal("3probe", await webSocket.ReadTextAsync());
        }
    }

    [Fact]
    public async Task TwoGets_AtOnce_OneIsRefusedAndTheOtherHearsTheEnd()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            await using var other = await RawPeer.DialAsync(server.Address);
            await Race.RunAsync(round, () => session.SendGetAsync(), () => other.SendAsync(HttpRequest.Poll.ToBytes(server.Address, session.Id)));
            RawResponse[] answers = [await session.ReadGetAsync(), await other.ReadResponseAsync("GET")];
            Array.Sort(answers, (one, two) => one.Status - two.Status);
            answers[0].AssertBody("1");
            Assert.Equal((400, ""), (answers[1].Status, answers[1].Body));
            Assert.IsType<TransportError>(await server.WhenEndedAsync(session.Id));
            (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        }
    }

    [Fact]
    public async Task TwoPosts_AtOnce_AreTakenOneBehindTheOtherOrCostTheSession()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            await using var other = await RawPeer.DialAsync(server.Address);
            await Race.RunAsync(round, () => session.SendPostAsync("4a"), () => other.SendAsync(HttpRequest.Post("4b").ToBytes(server.Address, session.Id)));
            var answers = await Task.WhenAll(ReadAsync(session.ReadPostAsync), ReadAsync(() => other.ReadResponseAsync("POST")));
            if (answers.All(answer => answer is { Status: 200 }))
            {
                Assert.Equal(["4a", "4b"], (await session.GetAsync()).Body.Split('\u001e').Order());
            }
            else
            {
                // One met the other half way: it is refused, and the other cut.
                Assert.Equal([null, 400], answers.Select(answer => answer?.Status).Order());
                Assert.IsType<TransportError>(await server.WhenEndedAsync(session.Id));
                (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
            }
        }
    }

    [Fact]
    public async Task SecondPost_WhileTheFirstIsBeingRead_IsRefusedAndTheFirstIsCut()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var request = $"{session.Id} post";
            await session.SendPostAsync(HttpRequest.Post("4unfinished").With(EngineServer.RequestIdHeader, request) with { SentBytes = 3 });
            Assert.False(await server.WhenArrivedAsync(request));
            await using var other = await session.SendAsync(HttpRequest.Post("4b"));
            Assert.Equal(400, (await other.ReadResponseAsync("POST")).Status);
            await session.WaitForPostCutAsync();
            (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handshake_AtTheMomentOfShutdown_IsRefusedOrTheSessionIsToldSo(bool isWebSocket)
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            using var life = new ApplicationLife();
            server.BeginLife(life);
            await using var peer = await RawPeer.DialAsync(server.Address);
            var handshake = isWebSocket ? HttpRequest.WebSocket : HttpRequest.Handshake;
            await Race.RunAsync(round, () => peer.SendAsync(handshake.ToBytes(server.Address, null)), Race.Do(life.StopApplication));
            var answer = await peer.ReadResponseAsync("GET");
            if (answer.Status == 503)
            {
                Assert.Contains("shutting down", answer.Body, StringComparison.Ordinal);
            }
            else if (isWebSocket)
            {
                Assert.Equal(101, answer.Status);
                Assert.StartsWith("0{", await peer.ReadTextAsync(), StringComparison.Ordinal);
                Assert.Equal(1001, await peer.ReadCloseAsync());
            }
            else if (!answer.Body.EndsWith("\u001e1", StringComparison.Ordinal))
            {
                Assert.StartsWith("0{", answer.Body, StringComparison.Ordinal);
                await peer.SendAsync(HttpRequest.Poll.ToBytes(server.Address, System.Text.Json.JsonDocument.Parse(answer.Body[1..]).RootElement.GetProperty("sid").GetString()));
                (await peer.ReadResponseAsync("GET")).AssertBody("1");
            }
        }

        foreach (var id in server.SessionIds)
        {
            Assert.Equal(new ServerShuttingDown(null), await server.WhenEndedAsync(id));
        }
    }

    private static async Task<RawResponse?> ReadAsync(Func<Task<RawResponse>> read)
    {
        try
        {
            return await read();
        }
        catch (IOException)
        {
            // Cut.
            return null;
        }
    }

    /// <summary>Reads only so much of the answer that the session's id is known.</summary>
    private static async Task<string> ReadCookieAsync(RawPeer peer)
    {
        var head = new StringBuilder();
        while (true)
        {
            var line = await peer.ReadLineAsync();
            if (line.StartsWith("Set-Cookie: io=", StringComparison.OrdinalIgnoreCase))
            {
                return line["Set-Cookie: io=".Length..].Split(';')[0];
            }

            Assert.False(line == "", $"There is no cookie: {head}");
            head.AppendLine(line);
        }
    }

    /// <summary>The life of an application that a test ends.</summary>
    private sealed class ApplicationLife : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
