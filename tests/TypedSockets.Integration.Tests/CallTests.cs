using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

public sealed class CallTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Request_HandlerReturnsValue_CallerGetsIt()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        Assert.Equal(new Person("Ann", 30, DateTimeOffset.UnixEpoch), await peer.Server.Greet("Ann", 30, TestContext.Current.CancellationToken));
        Assert.Equal(6, await peer.Server.Sum([1, 2, 3]));
        await peer.Server.Work("done");
        await server.Log.WaitForAsync("done");
    }

    [Fact]
    public async Task Broadcast_ToRoom_ReachesItsMembersInOrder()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        await ann.Server.Enter("a");
        await ben.Server.Enter("a");
        for (var index = 0; index < 100; index++)
        {
            ann.Server.Say("a", $"{index}");
        }

        for (var index = 0; index < 100; index++)
        {
            Assert.Equal($"{index}", await ben.NextSaidAsync());
            Assert.Equal($"{index}", await ann.NextSaidAsync());
        }
    }

    [Fact]
    public async Task Request_WhileTheServerAsksBack_BothAreAnswered()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var asked = peer.Server.AskMeBack("why").AsTask();
        var greeted = peer.Server.Greet("Ann", 1, TestContext.Current.CancellationToken).AsTask();
        Assert.Equal("you said why!", await asked.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.Equal("Ann", (await greeted.WaitAsync(s_patience, TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public async Task Request_HandlerThrows_CallerGetsRemoteExceptionWithoutDetail()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var exception = await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Throw("secret").AsTask());
        Assert.Equal(("IPlayServer.Throw", RemoteFault.HandlerFailed, null), (exception.Event, exception.Fault, exception.Detail));
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, await peer.Server.Sum([1]));
    }

    [Fact]
    public async Task Request_HandlerThrowsAndDetailIsEnabled_CallerGetsTypeAndMessage()
    {
        await using var server = await PlayServer.StartAsync(options => options.EnableDetailedErrors = true);
        await using var peer = await server.ConnectAsync();
        var exception = await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Throw("told").AsTask());
        Assert.Equal("System.InvalidOperationException: told", exception.Detail);
    }

    [Fact]
    public async Task OneWayEvent_HandlerThrows_ConnectionGoesOn()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        peer.Server.ThrowOneWay("oops");
        Assert.Equal(1, await peer.Server.Sum([1]));
    }

    [Fact]
    public async Task Request_CallerCancels_HandlerIsCancelled()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        var waiting = peer.Server.WaitForCancel(cancellation.Token).AsTask();
        await server.Log.WaitForAsync("waiting");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await server.Log.WaitForAsync("cancelled");
        Assert.Equal(1, await peer.Server.Sum([1]));
    }

    [Fact]
    public async Task Request_ConnectionEnds_CallerGetsTheReasonAndHandlerIsCancelled()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var waiting = peer.Server.WaitForCancel(TestContext.Current.CancellationToken).AsTask();
        await server.Log.WaitForAsync("waiting");
        await peer.Socket.CloseAsync();
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => waiting);
        Assert.Equal(new ClientDisconnect(), exception.Reason);
        await server.Log.WaitForAsync("cancelled");
    }

    [Fact]
    public async Task Request_LargerThanTheServerAccepts_FailsHereAndNothingIsSent()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxPayloadBytes = 2000);
        await using var peer = await server.ConnectAsync();
        var exception = Assert.Throws<PayloadTooLargeException>(() => peer.Server.Say("a", new string('x', 3000)));
        Assert.Equal(("IPlayServer.Say", 2000L), (exception.Event, exception.Limit));
        Assert.Equal(1, await peer.Server.Sum([1]));
    }

    [Fact]
    public async Task Request_ResultLargerThanTheClientAccepts_FailsAndTheConnectionGoesOn()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var exception = await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Return(1_100_000).AsTask());
        Assert.Equal(RemoteFault.ResultTooLarge, exception.Fault);
        Assert.Equal(1, await peer.Server.Sum([1]));
    }

    [Fact]
    public async Task Event_OnASocketThatNeverConnected_ThrowsAndNamesTheEvent()
    {
        await using var socket = new TypedSocket("http://127.0.0.1:1");
        var play = socket.Open(IPlayServer.Contract, new PlayPeer("http://127.0.0.1:1"));
        var exception = Assert.Throws<NotConnectedException>(() => play.Say("a", "b"));
        Assert.Equal("IPlayServer.Say", exception.Event);
    }
}
