using TypedSockets.Formats;
using TypedSockets.Protocol.Channels.Streams;

namespace TypedSockets.Protocol.Tests.Channels.Streams;

/// <summary>The reading end of a stream by itself.</summary>
public sealed class IncomingStreamTests : IAsyncDisposable
{
    private readonly Owner _owner = new();
    private readonly IncomingStream<int, IntCodec> _stream;

    public IncomingStreamTests() => _stream = new IncomingStream<int, IntCodec>(_owner, 1, new StreamOptions(32, 1_024, 1), PayloadLimits.Default);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact]
    public async Task Error_IsSeenBehindTheItemsThatCame_AndAgain()
    {
        Open();
        _stream.Receive([5]);
        _stream.End(new InvalidOperationException("over"));
        _stream.End(null);
        Assert.True(await _stream.MoveNextAsync());
        Assert.Equal(5, _stream.Current);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("over", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await _stream.MoveNextAsync())).Message);
        }
    }

    [Fact]
    public async Task Abort_DropsWhatCame()
    {
        Open();
        _stream.Receive([5]);
        Assert.True(_stream.TryAbort(new OperationCanceledException()));
        Assert.False(_stream.TryAbort(null));
        _stream.Receive([6]);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await _stream.MoveNextAsync());
    }

    [Fact]
    public async Task Reader_WhoWaits_IsWokenByTheEnd()
    {
        var next = _stream.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _stream.End(null);
        Assert.False(await next);
        await _stream.DisposeAsync();
        Assert.Equal(0, _owner.GivenUp);
    }

    [Fact]
    public async Task Reader_WhoIsWaitedFor_MayNotAskAgain()
    {
        var next = _stream.MoveNextAsync().AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _stream.MoveNextAsync());
        _stream.Receive([5]);
        Assert.True(await next);
    }

    [Fact]
    public async Task Dispose_TellsTheOwnerOnce()
    {
        Open();
        await _stream.DisposeAsync();
        await _stream.DisposeAsync();
        Assert.Equal(1, _owner.GivenUp);
        Assert.False(await _stream.MoveNextAsync());
    }

    /// <summary>What an item costs is the item.</summary>
    [Fact]
    public void Items_InSteadyState_AllocateNothing()
    {
        Open();
        for (var warmUp = 0; warmUp < 1_000; warmUp++)
        {
            ReceiveAndRead();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var item = 0; item < 1_000; item++)
        {
            ReceiveAndRead();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void ReceiveAndRead()
        {
            // Two at a time: one goes to the reader who waits, or to the queue, and one to the queue.
            _stream.Receive([5]);
            _stream.Receive([6]);
            Read();
            Read();
        }

        void Read()
        {
            var next = _stream.MoveNextAsync();
            if (!next.IsCompletedSuccessfully || !next.Result)
            {
                throw new InvalidOperationException("There is an item.");
            }
        }
    }

    /// <summary>The reader asks for its first item, and gets it.</summary>
    private void Open()
    {
        var next = _stream.MoveNextAsync();
        _stream.Receive([0]);
        Assert.True(next.IsCompletedSuccessfully && next.Result);
    }

    private sealed class Owner : IIncomingStreamOwner
    {
        public string Event => "ITest.Sum";

        public int GivenUp { get; private set; }

        public void SendCredit(int stream, uint items, uint bytes)
        {
        }

        public void GiveUp(int stream, OperationCanceledException? why) => GivenUp++;
    }
}
