namespace TypedSockets.Integration.Tests.Streams;

public sealed partial class StreamTests
{
    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task SlowReader_SlowsItsWriter_AndNothingElse(TransportKind transport)
    {
        const int Window = 8;
        await using var peer = await StreamPeer.StartAsync(Over(transport) with { StreamWindowItems = Window });
        await using var slow = peer.Server.Count("slow", 1_000_000, Cancellation).GetAsyncEnumerator(Cancellation);
        for (var read = 1; read <= 20; read++)
        {
            Assert.True(await slow.MoveNextAsync());
            if (read % 10 == 0)
            {
                // The writer gets as far as it may, while others get through.
                while (peer.Log["slow"].Produced < read + (Window / 2))
                {
                    Assert.Equal(read, await peer.Server.Ping(read));
                }

                Assert.Equal(100, await peer.Server.Count($"fast {read}", 100, Cancellation).CountAsync(Cancellation));
                Assert.Equal(read, await peer.Server.Ping(read));
            }

            Assert.InRange(peer.Log["slow"].Produced, read, read + Window);
        }
    }

    [Fact]
    public async Task SlowHandler_SlowsTheCallersSource()
    {
        const int Window = 8;
        await using var peer = await StreamPeer.StartAsync(configure: options => options.StreamWindowItems = Window);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var production = new Production();
        var sums = peer.Server.Add(production.Numbers(1_000_000), new Production().Numbers(1_000_000));
        await using var slow = sums.GetAsyncEnumerator(cancellation.Token);
        Assert.True(await slow.MoveNextAsync());

        // The result has a window of 32, the handler has one item at hand, and the argument one of 8.
        while (production.Produced < 1 + 32)
        {
            Assert.Equal(1, await peer.Server.Ping(1));
        }

        Assert.Equal(100, await peer.Server.Count("fast", 100, Cancellation).CountAsync(Cancellation));
        Assert.InRange(production.Produced, 1, 1 + 32 + 1 + Window);
    }

    /// <summary>A stream that is not at its end leaves the turn to others, and one that a handler reads does not wait for its turn.</summary>
    [Fact]
    public async Task Streams_DoNotKeepTheTurn()
    {
        await using var peer = await StreamPeer.StartAsync();
        await using var open = peer.Server.CountAndWait("open", 1).GetAsyncEnumerator(Cancellation);
        Assert.True(await open.MoveNextAsync());
        var never = open.MoveNextAsync().AsTask();
        Assert.Equal(2, await peer.Server.Ping(2));
        Assert.False(never.IsCompleted);

        // An upload keeps its turn until it is answered, and what is behind it waits.
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var production = new Production();
        var uploading = peer.Server.Sum("upload", production.Numbers(1_000, waits: true), cancellation.Token).AsTask();
        var behind = peer.Server.Count("behind", 40, Cancellation).ToListAsync(Cancellation).AsTask();
        while (production.Produced < 1_000)
        {
            await Task.Yield();
        }

        Assert.False(peer.Log.Knows("behind"));
        await cancellation.CancelAsync();
        Assert.Equal(40, (await behind.WaitAsync(s_patience, Cancellation)).Count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => uploading);
    }

    /// <summary>Streams that together have more under way than may wait to be sent hold back; the reader is no slow consumer for it.</summary>
    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task ManyStreams_WithMoreThanMayWait_HoldBackAndArrive(TransportKind transport)
    {
        const int Count = 20;
        await using var peer = await StreamPeer.StartAsync(Over(transport), options => options.MaxQueuedBytes = 64 * 1024);
        var reading = Enumerable.Range(0, 16).Select(_ => peer.Server.Blocks(Count, 30_000).CountAsync(Cancellation).AsTask());
        Assert.All(await Task.WhenAll(reading).WaitAsync(TimeSpan.FromMinutes(1), Cancellation), count => Assert.Equal(Count, count));
        Assert.False(peer.Disconnected.Task.IsCompleted);
    }

    /// <summary>
    /// Numbers are used again as soon as they are free, while credit, ends and cancellations cross. An honest peer must never be taken for a hostile one, and nothing may be mixed up.
    /// </summary>
    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task ThousandsOfCalls_ThatAreLeftAnywhere_NeverBreakTheSession(TransportKind transport)
    {
        const int Workers = 8;
        var calls = transport is TransportKind.WebSocket ? 300 : 60;
        var options = Over(transport) with { StreamWindowItems = 3, MaxStreams = 1_000 };
        await using var peer = await StreamPeer.StartAsync(options, options =>
        {
            options.StreamWindowItems = 3;
            options.MaxStreams = 1_000;
        });
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(seed => Task.Run(() => CallAtRandomAsync(peer, new Random(seed), calls), Cancellation))).WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal(1, await peer.Server.Ping(1));
        Assert.False(peer.Disconnected.Task.IsCompleted, peer.Disconnected.Task.IsCompleted ? (await peer.Disconnected.Task).Description : null);
    }

    private static async Task CallAtRandomAsync(StreamPeer peer, Random random, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            var count = random.Next(12);
            var take = random.Next(1, 12);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            try
            {
                switch (random.Next(5))
                {
                    case 0:
                        Assert.Equal(Enumerable.Range(0, Math.Min(count, take)), await peer.Server.Count("some", count, Cancellation).Take(take).ToListAsync(Cancellation));
                        break;
                    case 1:
                        Assert.Equal(Enumerable.Range(0, count).Sum(), await peer.Server.Sum("sum", new Production().Numbers(count), Cancellation));
                        break;
                    case 2:
                        await peer.Server.TakeSome(take, new Production().Numbers(count));
                        break;
                    case 3:
                        var sums = await peer.Server.Add(new Production().Numbers(count), new Production().Numbers(count)).Take(take).ToListAsync(Cancellation);
                        Assert.Equal(Enumerable.Range(0, Math.Min(count, take)).Select(number => 2 * number), sums);
                        break;
                    default:
                        var summing = peer.Server.Sum("cut", new Production().Numbers(count), cancellation.Token).AsTask();
                        await cancellation.CancelAsync();
                        Assert.Equal(Enumerable.Range(0, count).Sum(), await summing);
                        break;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !Cancellation.IsCancellationRequested)
            {
                // As asked.
            }
        }
    }
}
