using TypedSockets.Client;

namespace TypedSockets.Integration.Tests.Streams;

/// <summary>Streams from proxy to handler and back, over each transport.</summary>
public sealed partial class StreamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TypedSocketOptions Over(TransportKind transport) => new() { Transports = [transport] };

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Result_ArrivesInOrderAndEnds(TransportKind transport)
    {
        await using var peer = await StreamPeer.StartAsync(Over(transport));
        Assert.Equal(Enumerable.Range(0, 500), await peer.Server.Count("a", 500, Cancellation).ToListAsync(Cancellation));
        Assert.Equal([new Line(0, "lobby"), new Line(1, null), new Line(2, "lobby")], await peer.Server.History("lobby", 3).ToListAsync(Cancellation));
        Assert.Empty(await peer.Server.Count("b", 0, Cancellation).ToListAsync(Cancellation));
        await peer.Log["a"].WhenDisposedAsync();
    }

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Argument_ArrivesInOrderAndIsAnswered(TransportKind transport)
    {
        await using var peer = await StreamPeer.StartAsync(Over(transport));
        var production = new Production();
        Assert.Equal(Enumerable.Range(0, 500).Sum(), await peer.Server.Sum("a", production.Numbers(500), Cancellation));
        await production.WhenDisposedAsync();
        Assert.Equal(0, await peer.Server.Sum("b", new Production().Numbers(0), Cancellation));
        Assert.Null(await peer.Log.WaitForEndAsync("a"));
    }

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task TenThousandItems_OfThreeStreamsBothWays_ArriveInOrder(TransportKind transport)
    {
        const int Count = 10_000;
        await using var peer = await StreamPeer.StartAsync(Over(transport));
        var sums = peer.Server.Add(new Production().Numbers(Count), new Production().Numbers(Count));
        var expected = 0;
        await foreach (var sum in sums.WithCancellation(Cancellation))
        {
            Assert.Equal(2 * expected++, sum);
        }

        Assert.Equal(Count, expected);
    }

    [Fact]
    public async Task Client_StreamsBackAndTakesStreams()
    {
        await using var peer = await StreamPeer.StartAsync();
        Assert.Equal(Enumerable.Range(1, 200).Sum(), await peer.Server.AskForCountdown(200, -1));
        Assert.Equal("0-1-2", await peer.Server.GiveParts(3));
    }

    /// <summary>The server left off: the client's sequence is cancelled and disposed.</summary>
    [Fact]
    public async Task Client_WhoseStreamIsLeft_StopsProducing()
    {
        await using var peer = await StreamPeer.StartAsync();
        Assert.Equal(1_000_000 + 999_999, await peer.Server.AskForCountdown(1_000_000, 2));
        await peer.Countdowns.WhenDisposedAsync();
        Assert.InRange(peer.Countdowns.Produced, 2, 2 + 32);
    }

    [Fact]
    public async Task Target_ThatIsNotOneClient_HasNoStreams()
    {
        await using var peer = await StreamPeer.StartAsync(configure: options => options.EnableDetailedErrors = true);
        var all = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.CountdownOf("all"));
        Assert.Contains("EventNotSupportedException", all.Detail, StringComparison.Ordinal);
        var nobody = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.CountdownOf("nobody"));
        Assert.Contains("NotConnectedException", nobody.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_ThatIsNeverEnumerated_IsNeverAskedFor()
    {
        await using var peer = await StreamPeer.StartAsync();
        _ = peer.Server.Count("never", 1, Cancellation);
        await peer.Server.Count("never", 1, Cancellation).GetAsyncEnumerator(Cancellation).DisposeAsync();
        Assert.Equal(1, await peer.Server.Ping(1));
        Assert.False(peer.Log.Knows("never"));
    }

    [Fact]
    public async Task Result_EachEnumeration_IsACallOfItsOwn()
    {
        await using var peer = await StreamPeer.StartAsync();
        var numbers = peer.Server.Count("twice", 3, Cancellation);
        Assert.Equal([0, 1, 2], await numbers.ToListAsync(Cancellation));
        Assert.Equal([0, 1, 2], await numbers.ToListAsync(Cancellation));
        Assert.Equal(2, peer.Log["twice"].Enumerations);
    }

    [Fact]
    public async Task Argument_ThatIsNeverRead_IsNeverEnumerated()
    {
        await using var peer = await StreamPeer.StartAsync();
        var production = new Production();
        await peer.Server.TakeSome(0, production.Numbers(10));
        Assert.Equal(0, production.Enumerations);
    }

    [Fact]
    public async Task Enumeration_WithoutAConnection_FailsWhereItBegins()
    {
        await using var peer = await StreamPeer.StartAsync();
        await peer.Socket.CloseAsync();
        var numbers = peer.Server.Count("late", 1, Cancellation);
        Assert.Equal(new ClientDisconnect(), (await Assert.ThrowsAsync<NotConnectedException>(async () => await numbers.ToListAsync(Cancellation))).Reason);
    }

    [Fact]
    public async Task Item_LargerThanTheWindow_StillTravels()
    {
        await using var peer = await StreamPeer.StartAsync(new TypedSocketOptions { StreamWindowBytes = 1024, StreamWindowItems = 1 });
        Assert.All(await peer.Server.Blocks(5, 100_000).ToListAsync(Cancellation), block => Assert.Equal(100_000, block.Length));
    }

    [Fact]
    public async Task Item_LargerThanThePeerAccepts_IsAFaultOfTheStreamAlone()
    {
        await using var peer = await StreamPeer.StartAsync(configure: options => options.MaxClientPayloadBytes = 2_000);
        var fault = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Blocks(1, 3_000).ToListAsync(Cancellation));
        Assert.Equal(RemoteFault.ResultTooLarge, fault.Fault);
        Assert.Equal(1, await peer.Server.Ping(1));
    }

    [Fact]
    public async Task Streams_BeyondTheLimit_AreRefused_AndTheOthersGoOn()
    {
        await using var peer = await StreamPeer.StartAsync(configure: options => options.MaxStreams = 2);
        await using var first = peer.Server.CountAndWait("first", 1).GetAsyncEnumerator(Cancellation);
        await using var second = peer.Server.CountAndWait("second", 2).GetAsyncEnumerator(Cancellation);
        Assert.True(await first.MoveNextAsync());
        Assert.True(await second.MoveNextAsync());
        var refused = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Server.Sum("third", new Production().Numbers(1), Cancellation));
        Assert.Equal(RemoteFault.TooManyStreams, refused.Fault);
        Assert.True(await second.MoveNextAsync());
        await first.DisposeAsync();
        await peer.Log["first"].WhenDisposedAsync();

        // The handler's end has been disposed; its answer, which frees the place, comes right behind.
        while (true)
        {
            try
            {
                Assert.Equal(0, await peer.Server.Sum("fourth", new Production().Numbers(1), Cancellation));
                break;
            }
            catch (RemoteException exception) when (exception.Fault is RemoteFault.TooManyStreams)
            {
                Cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
