namespace TypedSockets.Integration.Tests.Streams;

public sealed partial class StreamTests
{
    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Reader_WhoLeaves_StopsTheWriter(TransportKind transport)
    {
        await using var peer = await StreamPeer.StartAsync(Over(transport));
        await foreach (var number in peer.Server.CountAndWait("left", 5).WithCancellation(Cancellation))
        {
            if (number == 4)
            {
                break;
            }
        }

        await peer.Log["left"].WhenDisposedAsync();
        Assert.True(peer.Log["left"].WasCancelled);
        Assert.Equal(1, await peer.Server.Ping(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_OfTheCallOrOfTheEnumeration_EndsBothEnds(bool ofTheCall)
    {
        await using var peer = await StreamPeer.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var other = new CancellationTokenSource();
        var (call, enumeration) = ofTheCall ? (cancellation.Token, other.Token) : (other.Token, cancellation.Token);
        await using var numbers = peer.Server.Count("cancelled", 1_000_000, call).GetAsyncEnumerator(enumeration);
        Assert.True(await numbers.MoveNextAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await numbers.MoveNextAsync())
            {
            }
        });
        await peer.Log["cancelled"].WhenDisposedAsync();
        Assert.Equal(1, await peer.Server.Ping(1));
    }

    [Fact]
    public async Task Token_OfAnUpload_EndsTheRequestTheHandlerAndTheSource()
    {
        await using var peer = await StreamPeer.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var production = new Production();
        var uploading = peer.Server.Sum("upload", production.Numbers(3, waits: true), cancellation.Token).AsTask();
        while (production.Produced < 3)
        {
            await Task.Yield();
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => uploading);
        Assert.IsAssignableFrom<OperationCanceledException>(await peer.Log.WaitForEndAsync("upload"));
        await production.WhenDisposedAsync();
        Assert.True(production.WasCancelled);
    }

    /// <summary>The handler leaves one of its streams and goes on: its writer stops, though the request is not answered.</summary>
    [Fact]
    public async Task Handler_WhoLeavesAStream_StopsItsWriter()
    {
        await using var peer = await StreamPeer.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var production = new Production();
        var waiting = peer.Server.TakeSomeThenWait("some", 2, production.Numbers(2, waits: true), cancellation.Token).AsTask();
        Assert.Null(await peer.Log.WaitForEndAsync("some"));
        await production.WhenDisposedAsync();
        Assert.True(production.WasCancelled);
        Assert.False(waiting.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>The answer ends what the handler has not read.</summary>
    [Fact]
    public async Task Answer_BeforeTheEndOfAnArgument_StopsItsWriter()
    {
        await using var peer = await StreamPeer.StartAsync();
        var production = new Production();
        await peer.Server.TakeSome(1, production.Numbers(1_000_000));
        await production.WhenDisposedAsync();
        Assert.InRange(production.Produced, 1, 1 + 32);
    }

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Handler_ThatFails_IsSeenBehindTheItemsBeforeIt(TransportKind transport)
    {
        await using var peer = await StreamPeer.StartAsync(Over(transport));
        List<int> read = [];
        var exception = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (var number in peer.Server.CountAndFail("failed", 50).WithCancellation(Cancellation))
            {
                read.Add(number);
            }
        });
        Assert.Equal(("IStreamServer.CountAndFail", RemoteFault.HandlerFailed, null), (exception.Event, exception.Fault, exception.Detail));
        Assert.Equal(Enumerable.Range(0, 50), read);
    }

    [Fact]
    public async Task Source_ThatFails_IsThrownToTheCallerAndSeenByTheHandler()
    {
        await using var peer = await StreamPeer.StartAsync();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await peer.Server.Sum("bad", new Production().Numbers(10, failAt: 5), Cancellation));
        Assert.Equal("as asked", exception.Message);
        var seen = Assert.IsType<RemoteException>(await peer.Log.WaitForEndAsync("bad"));
        Assert.Equal(RemoteFault.StreamFailed, seen.Fault);
        Assert.Equal(1, await peer.Server.Ping(1));
    }

    /// <summary>A timeout that the call itself sets holds for the whole stream; that of the options does not.</summary>
    [Fact]
    public async Task Timeout_OfTheCall_EndsTheStream_ThatOfTheOptionsDoesNot()
    {
        await using var peer = await StreamPeer.StartAsync(new TypedSockets.Client.TypedSocketOptions { RequestTimeout = TimeSpan.FromMilliseconds(1) });
        Assert.Equal(500, await peer.Server.Count("in time", 500, Cancellation).CountAsync(Cancellation));
        List<int> read = [];
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (var number in peer.Server.WithTimeout(TimeSpan.FromMilliseconds(500)).CountAndWait("late", 2).WithCancellation(Cancellation))
            {
                read.Add(number);
            }
        });
        Assert.Equal(Enumerable.Range(0, read.Count), read);
        Assert.Equal(1, await peer.Server.WithTimeout(s_patience).Ping(1));
    }

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Close_EndsTheStreamsOfBothEndsWithTheReason(TransportKind transport)
    {
        await using var peer = await StreamPeer.StartAsync(Over(transport));
        await using var numbers = peer.Server.CountAndWait("down", 2).GetAsyncEnumerator(Cancellation);
        Assert.True(await numbers.MoveNextAsync());
        var production = new Production();
        var uploading = peer.Server.Sum("up", production.Numbers(1, waits: true), Cancellation).AsTask();
        while (production.Produced < 1)
        {
            await Task.Yield();
        }

        await peer.Socket.CloseAsync();
        var reason = new ClientDisconnect();
        Assert.Equal(reason, (await Assert.ThrowsAsync<DisconnectedException>(() => uploading)).Reason);
        var down = await Assert.ThrowsAsync<DisconnectedException>(async () =>
        {
            while (await numbers.MoveNextAsync())
            {
            }
        });
        Assert.Equal(reason, down.Reason);
        await production.WhenDisposedAsync();
        await peer.Log["down"].WhenDisposedAsync();
        Assert.True(production.WasCancelled);
        Assert.True(peer.Log["down"].WasCancelled);
        var up = Assert.IsType<DisconnectedException>(await peer.Log.WaitForEndAsync("up"));
        Assert.Equal(reason with { Initiator = Initiator.Remote }, up.Reason);
    }

    [Fact]
    public async Task Shutdown_OfTheServer_EndsStreamsWithTheReason()
    {
        await using var peer = await StreamPeer.StartAsync();
        await using var numbers = peer.Server.CountAndWait("down", 1).GetAsyncEnumerator(Cancellation);
        Assert.True(await numbers.MoveNextAsync());
        var stopping = peer.StopServerAsync();
        Assert.IsType<ServerShuttingDown>((await Assert.ThrowsAsync<DisconnectedException>(async () => await numbers.MoveNextAsync())).Reason);
        await peer.Log["down"].WhenDisposedAsync();
        await stopping;
    }
}
