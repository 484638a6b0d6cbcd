using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Integration.Tests.Streams;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>A call with streams is measured and traced as any other, from its beginning to the end of its streams.</summary>
public sealed class ObservedStreamTests : IDisposable
{
    private readonly TestMeterFactory _clients = new();
    private readonly MetricRecorder _client;

    public ObservedStreamTests() => _client = new MetricRecorder(_clients);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task Result_IsReadToItsEnd_ActivitiesOfBothEndsAndOfItsSourceAreOneTrace()
    {
        await using var peer = await StreamPeer.StartAsync();
        using var recorder = new ActivityRecorder();
        await using (var numbers = peer.Server.Count("a", 2, Token).GetAsyncEnumerator(Token))
        {
            Assert.True(await numbers.MoveNextAsync());
            Assert.Same(recorder.Root, Activity.Current);
            Assert.True(await numbers.MoveNextAsync());
            Assert.False(await numbers.MoveNextAsync());
        }

        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.Count", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IStreamServer.Count", call);
        Assert.Equal((ActivityStatusCode.Unset, ActivityStatusCode.Unset), (call.Status, handler.Status));
        Assert.Same(handler, peer.Log["a"].Activity);
    }

    [Fact]
    public async Task Result_IsLeft_ActivitiesLastUntilThenAndSayThatItWasCancelled()
    {
        await using var peer = await StreamPeer.StartAsync();
        using var recorder = new ActivityRecorder();
        await using (var numbers = peer.Server.CountAndWait("a", 1).GetAsyncEnumerator(Token))
        {
            Assert.True(await numbers.MoveNextAsync());
            // An answer of the handler's end came behind the handler's return.
            await peer.Server.Ping(1);
            Assert.False(recorder.HasStopped("IStreamServer.CountAndWait"));
        }

        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.CountAndWait", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IStreamServer.CountAndWait", call);
        Assert.Equal(("canceled", "canceled"), (call.GetTagItem("error.type"), handler.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Result_Fails_BothEndsSayHow()
    {
        await using var peer = await StreamPeer.StartAsync(new TypedSocketOptions { MeterFactory = _clients });
        using var measured = new MetricRecorder(peer.Services.GetRequiredService<IMeterFactory>());
        using var recorder = new ActivityRecorder();
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.CountAndFail("a", 3).ToListAsync(Token).AsTask());
        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.CountAndFail", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IStreamServer.CountAndFail", call);
        Assert.Equal(("handler_failed", "System.InvalidOperationException"), (call.GetTagItem("error.type"), handler.GetTagItem("error.type")));
        await _client.WhenAsync(() => _client.Count("typedsockets.client.request.duration", "rpc.method=IStreamServer.CountAndFail", "error.type=handler_failed") == 1);
        await measured.WhenAsync(() => measured.Count("typedsockets.server.dispatch.duration", "rpc.method=IStreamServer.CountAndFail") == 1);
        Assert.Equal(1, measured.Sum("typedsockets.server.handler.failures", "rpc.method=IStreamServer.CountAndFail", "error.type=System.InvalidOperationException"));
    }

    /// <summary>It used to be measured twice, and its activity ended when the filters had let the handler through.</summary>
    [Fact]
    public async Task Result_OfAHandlerBehindAFilterThatAwaits_IsMeasuredOnceAndAtItsEnd()
    {
        await using var peer = await StreamPeer.StartAsync(build: builder => builder.AddFilter<YieldingFilter>());
        using var measured = new MetricRecorder(peer.Services.GetRequiredService<IMeterFactory>());
        using var recorder = new ActivityRecorder();
        await using (var numbers = peer.Server.CountAndFail("a", 3).GetAsyncEnumerator(Token))
        {
            Assert.True(await numbers.MoveNextAsync());
            // An answer of the handler's end came behind the handler's return.
            await peer.Server.Ping(1);
            await measured.WhenAsync(() => measured.Count("typedsockets.server.dispatch.duration", "rpc.method=IStreamServer.Ping") == 1);
            await Assert.ThrowsAsync<RemoteException>(async () =>
            {
                while (await numbers.MoveNextAsync())
                {
                }
            });
        }

        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.CountAndFail", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IStreamServer.CountAndFail", call);
        Assert.Equal((ActivityStatusCode.Error, "System.InvalidOperationException"), (handler.Status, handler.GetTagItem("error.type")));
        Assert.Equal(1, measured.Count("typedsockets.server.dispatch.duration", "rpc.method=IStreamServer.CountAndFail"));
    }

    [Fact]
    public async Task Result_HasAnItemThatIsTooLarge_BothEndsSayHow()
    {
        await using var peer = await StreamPeer.StartAsync();
        using var recorder = new ActivityRecorder();
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Blocks(1, 2_000_000).ToListAsync(Token).AsTask());
        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.Blocks", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IStreamServer.Blocks", call);
        Assert.Equal(("result_too_large", "result_too_large"), (call.GetTagItem("error.type"), handler.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Call_HasMoreStreamsThanMayBe_IsRefusedAndBothEndsSayHow()
    {
        await using var peer = await StreamPeer.StartAsync(configure: options => options.MaxStreams = 1);
        using var measured = new MetricRecorder(peer.Services.GetRequiredService<IMeterFactory>());
        using var recorder = new ActivityRecorder();
        await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Add(new Production().Numbers(1), new Production().Numbers(1)).ToListAsync(Token).AsTask());
        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.Add", recorder.Root);
        var handler = await recorder.NextAsync(ActivityKind.Server, "IStreamServer.Add", call);
        Assert.Equal(("too_many_streams", "too_many_streams"), (call.GetTagItem("error.type"), handler.GetTagItem("error.type")));
        Assert.Equal(1, measured.Sum("typedsockets.server.refused_events", "rpc.method=IStreamServer.Add", "error.type=too_many_streams"));
    }

    [Fact]
    public async Task Argument_IsSent_ItsSourceBelongsToTheCall()
    {
        await using var peer = await StreamPeer.StartAsync(new TypedSocketOptions { MeterFactory = _clients });
        using var recorder = new ActivityRecorder();
        var production = new Production();
        Assert.Equal(3, await peer.Server.Sum("a", production.Numbers(3), Token));
        var call = await recorder.NextAsync(ActivityKind.Client, "IStreamServer.Sum", recorder.Root);
        await recorder.NextAsync(ActivityKind.Server, "IStreamServer.Sum", call);
        Assert.Same(call, production.Activity);
        await _client.WhenAsync(() => _client.Count("typedsockets.client.request.duration", "rpc.method=IStreamServer.Sum") == 1);
        Assert.Equal(0, _client.Sum("typedsockets.client.pending_requests"));
        Assert.Equal(2, _client.Count("typedsockets.client.pending_requests", "rpc.method=IStreamServer.Sum"));
    }

    [Fact]
    public async Task Call_IsNotSent_EndsOnceAndSaysWhy()
    {
        await using var peer = await StreamPeer.StartAsync(new TypedSocketOptions { MeterFactory = _clients });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peer.Server.Sum("a", new Production().Numbers(3), new CancellationToken(canceled: true)).AsTask());
        await peer.Socket.CloseAsync();
        await _client.WhenAsync(() => _client.Count("typedsockets.client.request.duration", "rpc.method=IStreamServer.Sum", "error.type=canceled") == 1);
        Assert.Equal(0, _client.Sum("typedsockets.client.pending_requests"));
        Assert.Equal(0, _client.Sum("typedsockets.client.events", "rpc.method=IStreamServer.Sum"));
    }
}
