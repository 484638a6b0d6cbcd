using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>Sessions on HTTP long-polling, and their move to a WebSocket.</summary>
public sealed class UpgradeTests
{
    private static readonly TypedSocketOptions s_polling = new() { Transports = [TransportKind.Polling] };
    private static readonly TypedSocketOptions s_pollingFirst = new() { Transports = [TransportKind.Polling, TransportKind.WebSocket] };

    [Fact]
    public async Task Polling_CarriesSmallAndLargeBothWaysAndCloses()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync(s_polling);
        Assert.Equal(TransportKind.Polling, (await peer.NextAsync<Connected>()).Transport);
        var id = await peer.Server.WhoAmI();
        await peer.Server.Enter("a");
        foreach (var length in (int[])[0, 1, 100, 4_096, 65_536, 900_000])
        {
            var text = new string('x', length);
            peer.Server.Say("a", text);
            Assert.Equal(text, await peer.NextSaidAsync());
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => peer.Server.Sum([number, 1])));
        Assert.Equal(Enumerable.Range(1, 1_000), answers);
        Assert.Equal("you said why!", await peer.Server.AskMeBack("why"));

        await peer.Socket.CloseAsync();
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, await server.Log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task PollingFirst_MovesToAWebSocketAndSaysSo()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync(s_pollingFirst);

        Assert.Equal(new Upgrading(TransportKind.Polling, TransportKind.WebSocket), await peer.NextAsync<Upgrading>());
        var upgraded = await peer.NextAsync<Upgraded>();

        Assert.Equal((TransportKind.Polling, TransportKind.WebSocket), (upgraded.From, upgraded.To));
        Assert.True(upgraded.Took > TimeSpan.Zero);
        Assert.Equal(TransportKind.WebSocket, peer.Socket.Transport);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        await server.Log.WaitForAsync("upgraded Polling WebSocket");
    }

    [Fact]
    public async Task Upgrade_WhileBothEndsSend_LosesDoublesAndReordersNothing()
    {
        await using var server = await PlayServer.StartAsync();
        for (var life = 0; life < 20; life++)
        {
            await using var peer = await server.ConnectAsync(s_pollingFirst);
            await peer.Server.Enter("me" + life);
            var upgraded = peer.NextAsync<Upgraded>();
            var sent = 0;
            do
            {
                for (var burst = 0; burst < 7; burst++)
                {
                    peer.Server.Say("me" + life, $"{sent++}");
                }

                Assert.Equal(sent, await peer.Server.Sum([sent]));
            }
            while (!upgraded.IsCompleted);
            await upgraded;
            peer.Server.Say("me" + life, $"{sent++}");
            for (var number = 0; number < sent; number++)
            {
                Assert.Equal($"{number}", await peer.NextSaidAsync());
            }
        }
    }

    [Fact]
    public async Task Server_WithoutWebSockets_IsReachedByPolling()
    {
        await using var server = await PlayServer.StartAsync(options => options.Transports = [TransportKind.Polling]);
        await using var peer = await server.ConnectAsync();
        var fallingBack = await peer.NextAsync<FallingBack>();
        Assert.Equal((TransportKind.WebSocket, TransportKind.Polling), (fallingBack.From, fallingBack.To));
        Assert.Equal(400, Assert.IsType<HandshakeRejected>(fallingBack.Why).Status);
        Assert.Equal(TransportKind.Polling, (await peer.NextAsync<Connected>()).Transport);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task Server_ThatAllowsNoUpgrade_KeepsTheSessionOnPolling()
    {
        await using var server = await PlayServer.StartAsync(options => options.AllowUpgrade = false);
        await using var peer = await server.ConnectAsync(s_pollingFirst);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        Assert.Equal(TransportKind.Polling, peer.Socket.Transport);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_DisconnectsByHand_IsToldToTheClient(bool upgrades)
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync(upgrades ? s_pollingFirst : s_polling);
        if (upgrades)
        {
            await peer.NextAsync<Upgraded>();
        }

        var id = await peer.Server.WhoAmI();
        await Assert.ThrowsAsync<DisconnectedException>(() => peer.Server.Kick("enough").AsTask());
        Assert.Equal(new Disconnected(new ServerDisconnect("enough") { Initiator = Initiator.Remote }, WillReconnect: false), await peer.NextAsync<Disconnected>());
        Assert.Equal(new ServerDisconnect("enough"), await server.Log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task Session_OnPolling_OutlivesManyHeartbeats()
    {
        await using var server = await PlayServer.StartAsync(options => options.HeartbeatInterval = TimeSpan.FromMilliseconds(5));
        await using var peer = await server.ConnectAsync(s_polling);
        for (var round = 0; round < 1_000; round++)
        {
            Assert.Equal(round, await peer.Server.Sum([round]));
        }

        Assert.Equal(ConnectionState.Connected, peer.Socket.State);
    }
}
