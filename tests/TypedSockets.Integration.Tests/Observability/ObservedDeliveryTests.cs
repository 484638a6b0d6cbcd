using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Integration.Tests.Deliveries;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>What a meter says of a client that stops reading.</summary>
public sealed class ObservedDeliveryTests
{
    private static readonly string s_filling = new('x', 1_000);

    /// <summary>Whether the events go to the one client or to all, whichever way they take.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SlowReader_EventsForIt_AreCountedAsConflatedAndDroppedAndItselfAsBehind(bool isBroadcast)
    {
        await using var server = await StartAsync(64 * 1024 * 1024);
        using var measured = new MetricRecorder(server.Services.GetRequiredService<IMeterFactory>());
        await using var slow = await FlowPeer.ConnectAsync(server, stops: true);
        var hub = await server.Services.GetRequiredService<FlowLog>().HubAsync(slow.ConnectionId);
        var target = isBroadcast ? hub.Clients.All : hub.Clients.Caller;
        Assert.Equal(0, measured.Read("typedsockets.server.dropped_events"));
        target.Noted(0, "");
        var rounds = 0;
        for (; hub.Connection.ConflatedEvents < 50 || hub.Connection.DroppedEvents < 50; rounds++)
        {
            target.Moved("ann", rounds, s_filling);
            target.Sampled(rounds, s_filling);
        }

        Assert.Equal(hub.Connection.ConflatedEvents, measured.Read("typedsockets.server.conflated_events"));
        Assert.Equal(hub.Connection.DroppedEvents, measured.Read("typedsockets.server.dropped_events"));
        Assert.Equal(rounds, measured.Sum("typedsockets.server.events", "rpc.method=IFlowServer.Moved", "network.io.direction=transmit"));
        Assert.Equal(rounds - hub.Connection.DroppedEvents, measured.Sum("typedsockets.server.events", "rpc.method=IFlowServer.Sampled", "network.io.direction=transmit"));
        Assert.NotEqual(0, measured.Sum("typedsockets.server.slow_consumers", "typedsockets.consumer.state=behind"));
        Assert.Equal(0, measured.Sum("typedsockets.server.slow_consumers", "typedsockets.consumer.state=ended"));
    }

    [Fact]
    public async Task SlowReader_IsDisconnected_IsCountedByItsReason()
    {
        await using var server = await StartAsync(64 * 1024);
        using var measured = new MetricRecorder(server.Services.GetRequiredService<IMeterFactory>());
        await using var slow = await FlowPeer.ConnectAsync(server, stops: true, new TypedSocketOptions { Reconnection = new ReconnectionOptions { Enabled = false } });
        var hub = await server.Services.GetRequiredService<FlowLog>().HubAsync(slow.ConnectionId);
        for (var number = 0; hub.Connection.Ended is null; number++)
        {
            hub.Clients.Caller.Noted(number, s_filling);
        }

        await measured.WhenAsync(() => measured.Count("typedsockets.server.session.duration", "typedsockets.disconnect.reason=slow_consumer") == 1);
        Assert.Equal(1, measured.Sum("typedsockets.server.slow_consumers", "typedsockets.consumer.state=ended"));
    }

    private static Task<PlayServer> StartAsync(long maxQueuedBytes) => PlayServer.StartAsync(options => (options.MaxQueuedBytes, options.MaxQueuedPackets) = (maxQueuedBytes, int.MaxValue), configureServices: services =>
    {
        services.AddSingleton<FlowLog>();
        services.AddTypedSockets().AddHub(IFlowServer.Contract.HandledBy<FlowHub>());
    });
}
