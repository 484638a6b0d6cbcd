using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Connect_TellsBothEnds()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        Assert.Equal(new Connecting(1, TimeSpan.Zero), await peer.NextAsync<Connecting>());
        var connected = await peer.NextAsync<Connected>();
        Assert.Equal(("/play", TransportKind.WebSocket, true), (connected.Namespace, connected.Transport, connected.Agreement.IsIdentical));
        Assert.Equal(connected.ConnectionId, await peer.Server.WhoAmI());
        Assert.Equal(ConnectionState.Connected, peer.Socket.State);
        await server.Log.WaitForAsync("connected /play");
    }

    [Fact]
    public async Task Close_ByTheClient_BothEndsSeeClientDisconnect()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var id = await peer.Server.WhoAmI();
        await peer.Socket.CloseAsync();
        Assert.Equal(new Disconnected(new ClientDisconnect(), WillReconnect: false), await peer.NextAsync<Disconnected>());
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, await server.Log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task Disconnect_ByTheHub_BothEndsSeeServerDisconnectAndTheClientStaysAway()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var id = await peer.Server.WhoAmI();
        await Assert.ThrowsAsync<DisconnectedException>(() => peer.Server.Kick("be nice").AsTask());
        Assert.Equal(new Disconnected(new ServerDisconnect("be nice") { Initiator = Initiator.Remote }, WillReconnect: false), await peer.NextAsync<Disconnected>());
        Assert.Equal(new ServerDisconnect("be nice"), await server.Log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task Shutdown_ClientSeesItAndComesBackLater()
    {
        await using var server = await PlayServer.StartAsync(options => (options.ShutdownRetryAfter, options.ShutdownRetryWindow) = (TimeSpan.FromHours(1), TimeSpan.Zero));
        await using var peer = await server.ConnectAsync();
        var id = await peer.Server.WhoAmI();
        var log = server.Log;
        await server.StopAsync();
        var reason = new ServerShuttingDown(TimeSpan.FromHours(1));
        Assert.Equal(new Disconnected(reason with { Initiator = Initiator.Remote }, WillReconnect: true), await peer.NextAsync<Disconnected>());
        Assert.Equal(new Connecting(1, TimeSpan.FromHours(1)), await peer.NextAsync<Connecting>());
        Assert.Equal(reason, await log.WaitForEndAsync(id));
    }

    [Fact]
    public async Task Leaving_WhileInARoom_OthersAreToldWhy()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        await ann.Server.Enter("a");
        await ben.Server.Enter("a");
        await ann.Socket.CloseAsync();
        Assert.Equal("left: The client closed the connection.", await ben.NextSaidAsync());
    }

    [Fact]
    public async Task Connect_NobodyListensAndReconnectionIsOff_FailsWithTheReason()
    {
        await using var peer = new PlayPeer("http://127.0.0.1:1", new TypedSocketOptions { Reconnection = new ReconnectionOptions { Enabled = false } });
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(TestContext.Current.CancellationToken));
        var error = Assert.IsType<TransportError>(exception.Reason);
        Assert.Equal(Initiator.Network, error.Initiator);
        Assert.Equal(ConnectionState.Disconnected, peer.Socket.State);
    }

    [Fact]
    public async Task Connect_WrongPath_FailsWithTheStatusAndDoesNotTryAgain()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = new PlayPeer(server.Address, new TypedSocketOptions { Path = "/nowhere" });
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Equal(404, Assert.IsType<HandshakeRejected>(exception.Reason).Status);
    }

    [Fact]
    public async Task Connect_CancelledWhileTrying_LeavesTheSocketDisconnected()
    {
        await using var peer = new PlayPeer("http://127.0.0.1:1");
        using var cancellation = new CancellationTokenSource();
        var connecting = peer.Socket.ConnectAsync(cancellation.Token);
        await peer.NextAsync<Disconnected>();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(ConnectionState.Disconnected, peer.Socket.State);
    }

    [Fact]
    public async Task Connect_AgainAfterClose_Works()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        await peer.Socket.CloseAsync();
        Assert.Throws<NotConnectedException>(() => peer.Server.Say("a", "b"));
        await peer.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    [Fact]
    public async Task Payload_LongerThanTheServersLimit_BothEndsSeeParseErrorAndNobodyElseIsDisturbed()
    {
        await using var server = await PlayServer.StartAsync();
        await using var bystander = await server.ConnectAsync();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Reconnection = new ReconnectionOptions { Enabled = false } });
        var id = await peer.Server.WhoAmI();
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Server.Sum(new int[70_000]));

        var here = Assert.IsType<ParseError>(exception.Reason);
        var there = Assert.IsType<ParseError>(await server.Log.WaitForEndAsync(id));
        Assert.Equal((Initiator.Remote, Initiator.Local), (here.Initiator, there.Initiator));
        Assert.Equal(there.Detail, here.Detail);
        Assert.Contains("'IPlayServer.Sum'", here.Detail, StringComparison.Ordinal);
        Assert.Contains("65536 (MaxCollectionLength)", here.Detail, StringComparison.Ordinal);
        Assert.Equal(1, await bystander.Server.Sum([1]));
    }

    [Fact]
    public async Task Event_LargerThanTheClientAccepts_BothEndsSeePayloadTooLarge()
    {
        await using var server = await PlayServer.StartAsync();
        await using var sender = await server.ConnectAsync();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { MaxPayloadBytes = 2_000, Reconnection = new ReconnectionOptions { Enabled = false } });
        var id = await peer.Server.WhoAmI();
        await peer.Server.Enter("a");
        sender.Server.Say("a", new string('x', 3_000));

        var here = Assert.IsType<PayloadTooLarge>((await peer.NextAsync<Disconnected>()).Reason);
        var there = Assert.IsType<PayloadTooLarge>(await server.Log.WaitForEndAsync(id));
        Assert.Equal((Initiator.Local, 2_000L), (here.Initiator, here.Limit));
        Assert.Equal(here with { Initiator = Initiator.Remote }, there);
    }
}
