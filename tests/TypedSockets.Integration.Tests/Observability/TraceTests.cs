using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Integration.Tests.Recovery;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>One trace over both ends.</summary>
public sealed class TraceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.Polling, TransportKind.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Request_ServerAsksBack_EveryActivityIsTheChildOfTheOneThatBroughtItAbout(TransportKind transport)
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { Transports = [transport] });
        using var recorder = new ActivityRecorder();
        Assert.Equal("you said why!", await peer.Server.AskMeBack("why"));
        Assert.Same(recorder.Root, Activity.Current);

        var call = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.AskMeBack", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IPlayServer.AskMeBack", call);
        var callBack = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.Answer", handler);
        var handlerBack = await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Answer", callBack);
        Assert.All([call, handler, callBack, handlerBack], activity => Assert.Equal((recorder.Root.TraceId, ActivityStatusCode.Unset), (activity.TraceId, activity.Status)));
        Assert.Equal([false, true, false, true], ((Activity[])[call, handler, callBack, handlerBack]).Select(activity => activity.HasRemoteParent));
        Assert.Equal("tests=1", handlerBack.TraceStateString);
        var kind = transport is TransportKind.WebSocket ? "websocket" : "polling";
        Assert.Equal(
            ["rpc.method=IPlayServer.AskMeBack", "rpc.system.name=typedsockets", "typedsockets.codec=ts1", "typedsockets.contract=IPlayServer", $"typedsockets.transport={kind}"],
            call.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(call.TagObjects.ToDictionary(), handler.TagObjects.ToDictionary());
    }

    [Fact]
    public async Task OneWayEvent_IsBroadcast_EveryClientsHandlerIsAChildOfTheBroadcast()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        await ann.Server.Enter("a");
        await ben.Server.Enter("a");
        using var recorder = new ActivityRecorder();
        ann.Server.Say("a", "hello");
        Assert.Same(recorder.Root, Activity.Current);
        var call = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.Say", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Say", call);
        var broadcast = await recorder.NextAsync(ActivityKind.Producer, "IPlayServer.Said", handler);
        await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Said", broadcast);
        await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Said", broadcast);
        Assert.Equal("hello", await ann.NextSaidAsync());
        Assert.Equal("hello", await ben.NextSaidAsync());
    }

    [Fact]
    public async Task Request_HandlerThrows_BothActivitiesSayWhatFailed()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        using var recorder = new ActivityRecorder();
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Throw("secret").AsTask());
        var call = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.Throw", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Throw", call);
        Assert.Equal((ActivityStatusCode.Error, "handler_failed"), (call.Status, call.GetTagItem("error.type")));
        Assert.Equal((ActivityStatusCode.Error, "System.InvalidOperationException", "secret"), (handler.Status, handler.GetTagItem("error.type"), handler.StatusDescription));
        Assert.DoesNotContain("secret", call.StatusDescription, StringComparison.Ordinal);
    }

    /// <summary>The handler did what it was to do, but its caller has nothing of it.</summary>
    [Fact]
    public async Task Request_ResultIsTooLarge_BothActivitiesSayWhatFailed()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        using var recorder = new ActivityRecorder();
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Return(2_000_000).AsTask());
        var call = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.Return", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Return", call);
        Assert.Equal((ActivityStatusCode.Error, "result_too_large"), (call.Status, call.GetTagItem("error.type")));
        Assert.Equal((ActivityStatusCode.Error, "result_too_large"), (handler.Status, handler.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Event_ToAClientThatIsRecovered_HasAnActivityAsAnyOther()
    {
        await using var server = await ReturningPeer.StartServerAsync();
        await using var peer = await ReturningPeer.ConnectAsync(server, TransportKind.WebSocket);
        var log = server.Services.GetRequiredService<RecoveryHubLog>();
        var caller = log.Clients(peer.Id).Caller;
        using var recorder = new ActivityRecorder();
        caller.Told("here");
        Assert.Same(recorder.Root, Activity.Current);
        var sent = await recorder.NextAsync(ActivityKind.Client, "IRecoveryServer.Told", recorder.Root);
        Assert.Equal((ActivityStatusCode.Unset, "socket.io", "websocket"), (sent.Status, sent.GetTagItem("typedsockets.codec"), sent.GetTagItem("typedsockets.transport")));

        await peer.DropAsync(server);
        caller.Told("away");
        await recorder.NextAsync(ActivityKind.Client, "IRecoveryServer.Told", recorder.Root);
        Assert.Throws<PayloadTooLargeException>(() => caller.Told(new string('x', 2_000_000)));
        var failed = await recorder.NextAsync(ActivityKind.Client, "IRecoveryServer.Told", recorder.Root);
        Assert.Equal((ActivityStatusCode.Error, "TypedSockets.PayloadTooLargeException"), (failed.Status, failed.GetTagItem("error.type")));
        Assert.False(recorder.HasStopped("IRecoveryServer.Told"));
    }

    [Fact]
    public async Task Request_ConnectionEnds_TheCallSaysWhy()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        using var recorder = new ActivityRecorder();
        var waiting = peer.Server.WaitForCancel(Token).AsTask();
        await server.Log.WaitForAsync("waiting");
        await peer.Socket.CloseAsync();
        await Assert.ThrowsAsync<DisconnectedException>(() => waiting);
        var call = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.WaitForCancel", recorder.Root);
        Assert.Equal((ActivityStatusCode.Error, "client_disconnect"), (call.Status, call.GetTagItem("error.type")));
        await recorder.NextAsync(ActivityKind.Server, "IPlayServer.WaitForCancel", call);

        // Nothing is sent any more, and the activity of the call says that, too.
        Assert.Throws<NotConnectedException>(() => peer.Server.Say("a", "b"));
        var failed = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.Say", recorder.Root);
        Assert.Equal("TypedSockets.NotConnectedException", failed.GetTagItem("error.type"));
        Assert.Same(recorder.Root, Activity.Current);
    }

    /// <summary>And what opened the connection is not taken for the caller.</summary>
    [Fact]
    public async Task Event_OverSocketIO_HandlerIsTheBeginningOfATrace()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = new PlayPeer(server.Address);
        peer.Socket.OpenDynamic("/play");
        using var recorder = new ActivityRecorder();
        await peer.Socket.ConnectAsync(Token);
        await peer.Server.Enter("socket.io");
        var call = await recorder.NextAsync(ActivityKind.Client, "IPlayServer.Enter", recorder.Root);
        Assert.Equal("socket.io", call.GetTagItem("typedsockets.codec"));
        var handler = await recorder.NextAsync(ActivityKind.Server, "IPlayServer.Enter", parent: null);
        Assert.NotEqual(recorder.Root.TraceId, handler.TraceId);
    }
}
