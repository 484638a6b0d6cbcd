using System.Globalization;
using TypedSockets.Conformance.Tests.Engine;

namespace TypedSockets.Conformance.Tests.Races;

/// <summary>What happens at the moment at which a session moves to a WebSocket. The server's clock stands still, so nothing here depends on speed.</summary>
public sealed class UpgradeRaceTests
{
    [Fact]
    public async Task Get_OvertakesTheUpgradePacket_IsRefusedAndTheSessionMoves()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            await Race.RunAsync(round, () => webSocket.SendTextAsync("5"), () => session.SendGetAsync());
            (await session.ReadGetAsync()).AssertRefused(RawAnswers.BadRequest);
            await webSocket.AssertEchoAsync("hello");
        }
    }

    [Fact]
    public async Task Get_HeldAtTheMomentOfTheUpgrade_IsRefusedAndTheSessionMoves()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            await session.HoldGetAsync();
            // The same with a message on its way at that moment: it goes over one transport or the other, not both.
            await Race.RunAsync(round, () => webSocket.SendTextAsync("5"), Race.Do(() => server.Find(session.Id).Send("4pushed"u8, isBinary: false)));
            var held = await session.ReadGetAsync();
            if (held.Status == 200)
            {
                held.AssertBody("4pushed");
            }
            else
            {
                held.AssertRefused(RawAnswers.BadRequest);
                Assert.Equal("4pushed", await webSocket.ReadTextAsync());
            }

            await webSocket.AssertEchoAsync("hello");
        }
    }

    [Fact]
    public async Task Post_OvertakenByTheUpgradePacket_IsTakenOrRefusedButNotBoth()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            await Race.RunAsync(round, () => webSocket.SendTextAsync("5"), () => session.SendPostAsync("4posted"));
            var posted = await session.ReadPostAsync();
            if (posted.Status == 200)
            {
                posted.AssertBody("ok");
                Assert.Equal("4posted", await webSocket.ReadTextAsync());
            }
            else
            {
                posted.AssertRefused(RawAnswers.BadRequest);
            }

            await webSocket.AssertEchoAsync("hello");
        }
    }

    [Fact]
    public async Task Gets_DuringAnUpgrade_AreEachReleasedWithANoop()
    {
        var time = new ManualTime();
        await using var server = await EngineServer.StartAsync(options => options.HeartbeatInterval = TimeSpan.FromDays(1), time);
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.DialAsync();
            await session.HoldGetAsync();
            await webSocket.SendTextAsync("2probe");
            (await session.ReadGetAsync()).AssertBody("6");
            Assert.Equal("3probe", await webSocket.ReadTextAsync());
            for (var later = 0; later < 3; later++)
            {
                await session.HoldGetAsync();
                time.Advance(TimeSpan.FromMilliseconds(200));
                (await session.ReadGetAsync()).AssertBody("6");
            }

            (await session.PostAsync("4by polling")).AssertBody("ok");
            (await session.GetAsync()).AssertBody("4by polling");
        }
    }

    [Fact]
    public async Task Probe_AtTheMomentOfAGet_ReleasesItOrThePassingTimeDoes()
    {
        var time = new ManualTime();
        await using var server = await EngineServer.StartAsync(options => options.HeartbeatInterval = TimeSpan.FromDays(1), time);
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.DialAsync();
            await Race.RunAsync(round, () => webSocket.SendTextAsync("2probe"), () => session.BeginGetAsync());
            Assert.Equal("3probe", await webSocket.ReadTextAsync());
            time.Advance(TimeSpan.FromMilliseconds(200));
            (await session.ReadGetAsync()).AssertBody("6");
            await webSocket.SendTextAsync("5");
            await webSocket.AssertEchoAsync("hello");
        }
    }

    [Fact]
    public async Task Messages_PushedByManyThreadsDuringTheUpgrade_ArriveOnceAndInOrder()
    {
        const int Threads = 4;
        const int Messages = 25;
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            var connection = server.Find(session.Id);
            List<string> received = [];
            var pushers = Enumerable.Range(0, Threads).Select(thread => Race.Do(() =>
            {
                for (var message = 0; message < Messages; message++)
                {
                    connection.Send(System.Text.Encoding.ASCII.GetBytes($"4{thread}:{message}"), isBinary: false);
                }
            }));
            var gets = round % 4;
            await Race.RunAsync(round, [.. pushers, async () =>
            {
                for (var get = 0; get < gets && received.Count < Threads * Messages; get++)
                {
                    received.AddRange((await session.GetAsync()).Body.Split('\u001e'));
                }

                await webSocket.SendTextAsync("5");
            }]);
            while (received.Count < Threads * Messages)
            {
                received.Add(await webSocket.ReadTextAsync());
            }

            foreach (var thread in received.Select(packet => packet[1..].Split(':')).GroupBy(parts => parts[0]))
            {
                Assert.Equal(Enumerable.Range(0, Messages), thread.Select(parts => int.Parse(parts[1], CultureInfo.InvariantCulture)));
            }

            await webSocket.AssertEchoAsync("hello");
        }
    }

    [Fact]
    public async Task Server_ClosesAtTheMomentOfTheUpgrade_TheClientHearsItOnceAndTheWebSocketEnds()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSocket = await session.ProbeAsync();
            await Race.RunAsync(round, () => webSocket.SendTextAsync("5"), Race.Do(() => server.Find(session.Id).Close(new ServerDisconnect("enough"))));
            Assert.Equal(1000, await webSocket.ReadCloseAsync());
            Assert.Equal(new ServerDisconnect("enough"), await server.WhenEndedAsync(session.Id));
            var get = await session.GetAsync();
            if (get.Status == 200)
            {
                get.AssertBody("1");
            }
            else
            {
                // It had moved: the WebSocket was what carried it.
                Assert.Contains(get.ReadCode(), (int[])[RawAnswers.BadRequest, RawAnswers.SessionUnknown]);
            }

            await webSocket.WaitForCutAsync();
            (await session.GetAsync()).AssertRefused(RawAnswers.SessionUnknown);
        }
    }

    [Fact]
    public async Task TwoWebSockets_ForOneSessionAtOnce_ExactlyOneWins()
    {
        await using var server = await EngineServer.StartAsync();
        for (var round = 0; round < Race.Rounds; round++)
        {
            await using var session = await RawSession.OpenAsync(server);
            var webSockets = new RawPeer[2];
            var first = new RawFrame[2];
            await Race.RunAsync(round, [.. Enumerable.Range(0, 2).Select(index => (Func<Task>)(async () =>
            {
                webSockets[index] = await session.DialAsync();
                await webSockets[index].SendTextAsync("2probe");
                first[index] = await webSockets[index].ReadFrameAsync();
            }))]);
            var winner = Assert.Single(Enumerable.Range(0, 2), index => first[index].Payload.SequenceEqual("3probe"u8.ToArray()));
            Assert.Equal(0x8, first[1 - winner].Opcode);
            await webSockets[winner].SendTextAsync("5");
            await webSockets[winner].AssertEchoAsync("hello");
        }
    }
}
