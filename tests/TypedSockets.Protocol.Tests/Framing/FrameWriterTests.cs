using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

public sealed partial class FrameWriterTests
{
    private const long Limit = 10_000;

    private readonly RecordingPipe _pipe = new();

    [Theory]
    [InlineData(Side.Server, 0)]
    [InlineData(Side.Server, 125)]
    [InlineData(Side.Server, 126)]
    [InlineData(Side.Server, 4_000)]
    [InlineData(Side.Server, 65_535)]
    [InlineData(Side.Server, 65_536)]
    [InlineData(Side.Client, 0)]
    [InlineData(Side.Client, 125)]
    [InlineData(Side.Client, 126)]
    [InlineData(Side.Client, 4_000)]
    [InlineData(Side.Client, 65_535)]
    [InlineData(Side.Client, 65_536)]
    public void Message_OfAnyLength_IsOneFrame(Side side, int length)
    {
        var payload = Bytes(length);
        var writer = new FrameWriter(_pipe, side, Limit);
        Assert.True(writer.TryWriteBinary(payload));
        AssertFrame(Opcode.Binary, side, payload, Assert.Single(_pipe.TakeFrames()));
        writer.Write(Opcode.Text, payload);
        AssertFrame(Opcode.Text, side, payload, Assert.Single(_pipe.TakeFrames()));
    }

    [Theory]
    [InlineData(Side.Server)]
    [InlineData(Side.Client)]
    public void Parts_WhileCorked_AreOneMessageAndOneFlush(Side side)
    {
        var writer = new FrameWriter(_pipe, side, Limit);
        writer.Cork();
        Assert.True(writer.TryWriteBinary([1, 2]));
        Assert.True(writer.TryWriteBinary([3]));
        Assert.True(writer.TryWriteBinary(Bytes(200)));
        Assert.Equal(0, _pipe.Flushes);
        writer.Uncork();
        Assert.Equal(1, _pipe.Flushes);
        AssertFrame(Opcode.Binary, side, [1, 2, 3, .. Bytes(200)], Assert.Single(_pipe.TakeFrames()));
    }

    [Fact]
    public void Uncork_WithNothingWritten_DoesNotFlush()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        writer.Cork();
        writer.Uncork();
        Assert.Equal(0, _pipe.Flushes);
    }

    [Fact]
    public async Task Cork_OfOneThread_DoesNotHoldBackOthers()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        writer.Cork();
        // On a thread of its own: the pool might run it on this one.
        await Task.Factory.StartNew(() => writer.TryWriteBinary([1]), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.Equal(1, _pipe.Flushes);
        writer.Uncork();
        Assert.Equal(1, _pipe.Flushes);
    }

    [Fact]
    public void Text_BetweenParts_KeepsTheOrder()
    {
        var writer = new FrameWriter(_pipe, Side.Client, Limit);
        writer.Cork();
        writer.TryWriteBinary([1]);
        writer.Write(Opcode.Text, "2"u8);
        writer.TryWriteBinary([3]);
        writer.TryWriteBinary([4]);
        writer.Write(Opcode.Pong, []);
        writer.Uncork();
        Assert.Equal([Opcode.Binary, Opcode.Text, Opcode.Binary, Opcode.Pong], _pipe.TakeFrames().Select(frame => frame.Opcode));
    }

    /// <summary>Whatever the sizes, batches and large parts come out whole and in order.</summary>
    [Theory]
    [InlineData(Side.Server)]
    [InlineData(Side.Client)]
    public void Parts_AroundTheSizeOfABlock_ComeOutInOrder(Side side)
    {
        var random = new Random(1);
        var writer = new FrameWriter(_pipe, side, long.MaxValue);
        List<byte> expected = [];
        List<byte> actual = [];
        for (var round = 0; round < 200; round++)
        {
            writer.Cork();
            for (var part = random.Next(1, 6); part > 0; part--)
            {
                var bytes = Bytes(random.Next(4) == 0 ? 4_080 + random.Next(20) : random.Next(300));
                expected.AddRange(bytes);
                Assert.True(writer.TryWriteBinary(bytes));
            }

            writer.Uncork();
            foreach (var frame in _pipe.TakeFrames())
            {
                AssertFrame(Opcode.Binary, side, frame.Payload, frame);
                actual.AddRange(frame.Payload);
            }
        }

        actual.AddRange(_pipe.TakeFrames().SelectMany(frame => frame.Payload));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Writes_WhileAFlushIsPending_GoOutTogetherWithTheNext()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        writer.TryWriteBinary(Bytes(RecordingPipe.Threshold));
        Assert.Equal(1, _pipe.Flushes);
        writer.TryWriteBinary([1]);
        writer.TryWriteBinary([2]);
        Assert.Equal(2, writer.QueuedBytes);
        Assert.Equal(1, _pipe.Flushes);
        Assert.Equal(RecordingPipe.Threshold, Assert.Single(_pipe.TakeFrames()).Payload.Length);
        Assert.Equal(2, _pipe.Flushes);
        Assert.Equal(0, writer.QueuedBytes);
        Assert.Equal([1, 2], Assert.Single(_pipe.TakeFrames()).Payload);
    }

    [Fact]
    public void WhenFlushed_CompletesWithThePendingFlush_OrTheEnd()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        Assert.True(writer.WhenFlushedAsync().IsCompleted);
        writer.TryWriteBinary(Bytes(RecordingPipe.Threshold));
        var flushed = writer.WhenFlushedAsync();
        Assert.False(flushed.IsCompleted);
        _pipe.Take();
        Assert.True(flushed.IsCompleted);
        writer.TryWriteBinary(Bytes(RecordingPipe.Threshold));
        flushed = writer.WhenFlushedAsync();
        writer.End();
        Assert.True(flushed.IsCompleted);
        Assert.True(writer.WhenFlushedAsync().IsCompleted);
    }

    [Fact]
    public void TryWriteBinary_MoreThanMayWait_WritesNothingAndSaysSo()
    {
        var writer = new FrameWriter(_pipe, Side.Server, maxQueuedBytes: 10);
        Assert.True(writer.TryWriteBinary(Bytes(RecordingPipe.Threshold)));
        Assert.True(writer.TryWriteBinary(Bytes(10)));
        Assert.False(writer.TryWriteBinary([1]));
        _pipe.Take();
        Assert.Equal(Bytes(10), Assert.Single(_pipe.TakeFrames()).Payload);
        Assert.True(writer.TryWriteBinary([1]));
    }

    /// <summary>RFC 6455 §5.5.1: nothing follows a close frame. Broadcasts and answers to pings used to.</summary>
    [Fact]
    public void Write_AfterTheCloseFrame_WritesNothing()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        writer.TryWriteBinary([1]);
        writer.Write(Opcode.Close, []);
        Assert.True(writer.TryWriteBinary([2]));
        writer.Write(Opcode.Pong, []);
        writer.Write(Opcode.Close, []);
        writer.End();
        Assert.Equal([Opcode.Binary, Opcode.Close], _pipe.TakeFrames().Select(frame => frame.Opcode));
    }

    [Fact]
    public void End_FlushesWhatIsLeft_AndAcceptsNothingMore()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        writer.Cork();
        writer.TryWriteBinary([1]);
        writer.End();
        writer.Uncork();
        Assert.True(writer.TryWriteBinary([2]));
        writer.Write(Opcode.Text, "3"u8);
        Assert.Equal([1], Assert.Single(_pipe.TakeFrames()).Payload);
    }

    /// <summary>A part that waited behind a pending flush used to be lost.</summary>
    [Fact]
    public void End_WhileAFlushIsPending_LosesNothing()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        writer.TryWriteBinary(Bytes(RecordingPipe.Threshold));
        writer.TryWriteBinary([1]);
        writer.End();
        _pipe.Complete();
        Assert.Equal([RecordingPipe.Threshold, 1], _pipe.TakeFrames().Select(frame => frame.Payload.Length));
    }

    [Fact]
    public void Write_AfterTheReaderHasGone_IsAcceptedAndDropped()
    {
        var writer = new FrameWriter(_pipe, Side.Server, maxQueuedBytes: 10);
        _pipe.Reader.Complete(new IOException("reset"));
        for (var round = 0; round < 3; round++)
        {
            Assert.True(writer.TryWriteBinary(Bytes(2_000)));
        }

        Assert.Equal(1, _pipe.Flushes);
    }

    [Fact]
    public void PendingFlush_WhoseReaderGoes_EndsTheWriter()
    {
        var writer = new FrameWriter(_pipe, Side.Server, maxQueuedBytes: 10);
        writer.TryWriteBinary(Bytes(2_000));
        _pipe.Reader.Complete(new IOException("reset"));
        for (var round = 0; round < 3; round++)
        {
            Assert.True(writer.TryWriteBinary(Bytes(2_000)));
        }

        Assert.Equal(1, _pipe.Flushes);
    }

    [Fact]
    public async Task Writes_FromManyThreads_AreWholeMessagesInEachThreadsOrder()
    {
        const int Threads = 4;
        const int PartsEach = 2_000;
        var writer = new FrameWriter(_pipe, Side.Client, long.MaxValue);
        var reading = ReadToTheEndAsync();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var part = 0; part < PartsEach; part++)
            {
                writer.TryWriteBinary([(byte)thread, (byte)(part >> 8), (byte)part]);
            }
        })));
        writer.End();
        _pipe.Complete();
        var parts = Frames.Parse(await reading).SelectMany(frame => frame.Payload.Chunk(3)).ToLookup(part => part[0], part => (part[1] << 8) | part[2]);
        Assert.All(Enumerable.Range(0, Threads), thread => Assert.Equal(Enumerable.Range(0, PartsEach), parts[(byte)thread]));
    }

    [Fact]
    public void Masks_AreDifferentForEachFrame()
    {
        var writer = new FrameWriter(_pipe, Side.Client, Limit);
        HashSet<string> masks = [];
        for (var round = 0; round < 200; round++)
        {
            writer.Write(Opcode.Ping, []);
            masks.Add(Convert.ToHexString(_pipe.Take().AsSpan(2)));
        }

        Assert.True(masks.Count > 190, $"{masks.Count} masks in 200 frames");
    }

    private async Task<byte[]> ReadToTheEndAsync()
    {
        using var bytes = new MemoryStream();
        await _pipe.Reader.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)index)];

    private static void AssertFrame(Opcode opcode, Side side, byte[] payload, Frames.Frame frame)
    {
        Assert.Equal((opcode, true, 0, side is Side.Client), (frame.Opcode, frame.IsFinal, frame.Reserved, frame.IsMasked));
        Assert.Equal(payload, frame.Payload);
        Assert.Equal(FrameHeader.SizeOf(payload.Length) + (frame.IsMasked ? 4 : 0), frame.HeaderSize);
    }
}
