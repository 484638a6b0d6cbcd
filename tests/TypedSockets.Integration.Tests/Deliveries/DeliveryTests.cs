using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>What arrives at a client that stops reading for a while, by the delivery of its events.</summary>
public sealed partial class DeliveryTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly string s_filling = new('x', 1_000);
    private static readonly string s_block = new('x', 128 * 1_024);

    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.WebSocket, TransportKind.Polling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task StoppedClient_WhenItReadsAgain_GetsTheNewestOfEachKeyAndEveryReliableEvent(TransportKind transport)
    {
        await using var server = await StartAsync(options => options.MaxQueuedBytes = 64 * 1024 * 1024);
        await using var slow = await FlowPeer.ConnectAsync(server, stops: true, On(transport));
        await using var quick = await FlowPeer.ConnectAsync(server, stops: false);
        var hub = await Log(server).HubAsync(slow.ConnectionId);
        var number = Flood(hub, hub.Clients.All);
        Assert.True(hub.Connection.QueuedBytes > 0);
        Assert.True(hub.Connection.QueuedPackets > 0);
        var behind = await Log(server).BehindAsync();
        Assert.True(behind.QueuedPackets + behind.DroppedEvents > 0, $"{behind}");

        slow.ReadOn();
        var received = await slow.ReceiveToAsync(number);
        CheckFlood(received, number, hub.Connection);
        Assert.True(SpinWait.SpinUntil(() => hub.Connection is { QueuedBytes: 0, QueuedPackets: 0 }, s_patience));

        // Nobody else waited for it.
        var others = await quick.ReceiveToAsync(number);
        FlowRecord.IsWhole(others, "noted", number + 1);
        FlowRecord.EndsWithNewest(others, "moved ann", number - 1);
    }

    /// <summary>The oldest keys are given up, and the client stays.</summary>
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task StoppedClient_WithMoreKeysThanThereIsRoomFor_KeepsTheNewestWithinTheLimit(TransportKind transport)
    {
        const int Limit = 64 * 1024;
        await using var server = await StartAsync(options => options.MaxQueuedBytes = Limit);
        await using var slow = await FlowPeer.ConnectAsync(server, stops: true, On(transport));
        var hub = await Log(server).HubAsync(slow.ConnectionId);
        var number = 0;
        for (; hub.Connection.DroppedEvents < 500; number++)
        {
            hub.Clients.Caller.Moved($"{number}", number, s_filling);
            Assert.True(hub.Connection.QueuedBytes <= Limit);
        }

        Assert.Null(hub.Connection.Ended);
        hub.Clients.Caller.Noted(0, "");
        slow.ReadOn();
        var received = await slow.ReceiveToAsync(0);
        Assert.Equal(number - hub.Connection.DroppedEvents, received.Count - 1);
        Assert.Equal((number - 1, 0), (received[^2].Number, hub.Connection.ConflatedEvents));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task StoppedClient_ThatMorePacketsWaitForThanMay_IsDisconnectedAndToldWhy(TransportKind transport)
    {
        const int Limit = 100;
        await using var server = await StartAsync(options => options.MaxQueuedPackets = Limit);
        await using var slow = await FlowPeer.ConnectAsync(server, stops: true, On(transport));
        var hub = await Log(server).HubAsync(slow.ConnectionId);
        var ended = Log(server).EndAsync(slow.ConnectionId);
        var number = 0;
        for (; hub.Connection.Ended is null; number++)
        {
            hub.Clients.Caller.Moved("ann", number, s_filling);
            hub.Clients.Caller.Noted(number, s_filling);
            Assert.True(hub.Connection.QueuedPackets <= Limit || hub.Connection.Ended is not null);
        }

        var reason = Assert.IsType<SlowConsumer>(await ended);
        Assert.Equal((Limit + 1, Limit, QueueUnit.Packets, Initiator.Local), (reason.Queued, reason.Limit, reason.Unit, reason.Initiator));
        slow.ReadOn();
        Assert.Equal(reason with { Initiator = Initiator.Remote }, (await slow.NextAsync<Disconnected>()).Reason);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Server_ThatStopsReading_GetsTheNewestOfEachKeyAndEveryReliableEvent(TransportKind transport)
    {
        // More than what the network and both ends hold.
        const int Moves = 24_000;
        await using var server = await StartAsync(_ => { });
        await using var peer = await FlowPeer.ConnectAsync(server, stops: false, On(transport));
        var holding = peer.Server.Hold();
        await Log(server).HoldingAsync();
        var notes = 0;
        for (var number = 0; number < Moves; number++)
        {
            peer.Server.Move("ann", number, s_filling);
            if (number % 100 == 0)
            {
                peer.Server.Note(notes++, "");
            }
        }

        var behind = await peer.NextAsync<ConsumerBehind>();
        Assert.True(behind.QueuedBytes > 0, $"{behind}");
        Log(server).Released.SetResult();
        await holding;
        peer.Server.Note(notes, "");
        var received = await FlowRecord.ReadToAsync(Log(server).Received.Reader, ("note", notes));
        FlowRecord.IsWhole(received, "note", notes + 1);
        Assert.True(FlowRecord.EndsWithNewest(received, "move ann", Moves - 1) < Moves);
    }

    /// <summary>The session moves while the client does not read: what waits for it moves too.</summary>
    [Fact]
    public async Task Upgrade_WhileEventsOfEachDeliveryFlowBothWays_LosesNoReliableOneAndNoNewest()
    {
        const int Events = 3_000;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync(
            options => options.MaxQueuedBytes = 64 * 1024 * 1024,
            async (context, next) =>
            {
                if (context.Request.Headers.ContainsKey("Upgrade"))
                {
                    await opened.Task;
                }

                await next(context);
            });
        await using var peer = await FlowPeer.ConnectAsync(server, stops: false, new TypedSocketOptions { Transports = [TransportKind.Polling, TransportKind.WebSocket], MaxQueuedBytes = 64 * 1024 * 1024 });
        var hub = await Log(server).HubAsync(peer.ConnectionId);
        var upgraded = peer.NextAsync<Upgraded>();
        for (var number = 0; number < Events; number++)
        {
            hub.Clients.Caller.Noted(number, "");
            hub.Clients.Caller.Moved("ann", number, s_filling);
            peer.Server.Note(number, "");
            peer.Server.Move("ben", number, s_filling);
            if (number == Events / 3)
            {
                opened.SetResult();
            }

            if (number % 10 == 0)
            {
                await Task.Yield();
            }
        }

        await upgraded;
        hub.Clients.Caller.Noted(Events, "");
        peer.Server.Note(Events, "");
        var down = await peer.ReceiveToAsync(Events);
        FlowRecord.IsWhole(down, "noted", Events + 1);
        FlowRecord.EndsWithNewest(down, "moved ann", Events - 1);
        var up = await FlowRecord.ReadToAsync(Log(server).Received.Reader, ("note", Events));
        FlowRecord.IsWhole(up, "note", Events + 1);
        FlowRecord.EndsWithNewest(up, "move ben", Events - 1);
        Assert.Equal(TransportKind.WebSocket, peer.Socket.Transport);
    }

    /// <summary>Sends events of each delivery until many had to wait for a client that does not read; returns how many rounds that took, the number of the note behind them.</summary>
    private static int Flood(FlowHub hub, IFlowClient target)
    {
        // More than the buffers of the network take: behind them it shows, and what is behind them waits until the client reads on.
        const int Blocks = 128;
        var number = 0;
        for (; number < Blocks || hub.Connection.ConflatedEvents < 500 || hub.Connection.DroppedEvents < 200; number++)
        {
            target.Noted(number, number < Blocks ? s_block : "");
            target.Moved("ann", number, s_filling);
            target.Moved("ben", number, s_filling);
            target.State(number);
            target.Sampled(number, s_filling);
        }

        target.Noted(number, "");
        return number;
    }

    private static void CheckFlood(List<(string Event, int Number)> received, int number, HubConnection connection)
    {
        FlowRecord.IsWhole(received, "noted", number + 1);
        var latest = FlowRecord.EndsWithNewest(received, "moved ann", number - 1)
            + FlowRecord.EndsWithNewest(received, "moved ben", number - 1)
            + FlowRecord.EndsWithNewest(received, "state", number - 1);
        Assert.Equal((3 * number) - latest, connection.ConflatedEvents);
        Assert.Equal(number - received.Count(item => item.Event == "sampled"), connection.DroppedEvents);
        // The newest of each waited at the end of all that waited, in the order in which they were sent.
        Assert.Equal(["moved ann", "moved ben", "state", "noted"], received.TakeLast(4).Select(item => item.Event));
    }

    private static Task<PlayServer> StartAsync(Action<TypedSocketServerOptions> configure, Func<Microsoft.AspNetCore.Http.HttpContext, Microsoft.AspNetCore.Http.RequestDelegate, Task>? handle = null) =>
        PlayServer.StartAsync(configure, handle: handle, configureServices: services =>
        {
            services.AddSingleton<FlowLog>();
            services.AddTypedSockets().AddHub(IFlowServer.Contract.HandledBy<FlowHub>());
        });

    private static FlowLog Log(PlayServer server) => server.Services.GetRequiredService<FlowLog>();

    private static TypedSocketOptions On(TransportKind transport) => new() { Transports = [transport], Upgrade = false };
}
