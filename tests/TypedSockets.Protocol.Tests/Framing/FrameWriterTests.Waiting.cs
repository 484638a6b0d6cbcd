using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>What happens while the peer does not read.</summary>
public sealed partial class FrameWriterTests
{
    private readonly DeliveryCounters _counters = new();

    [Fact]
    public void Offer_WhileThePeerKeepsUp_GoesOutAtOnce()
    {
        var writer = new FrameWriter(_pipe, Side.Server, Limit);
        Assert.True(writer.TryOffer(Part(1)));
        writer.Conflate(Part(2), [7], _counters);
        writer.Conflate(Part(3), [7], _counters);
        Assert.Equal([1, 2, 3], _pipe.TakeFrames().SelectMany(frame => frame.Payload));
        Assert.Equal((0, 0), (_counters.Conflated, _counters.Dropped));
    }

    [Fact]
    public void Offer_WhileAFlushIsPending_IsRefused()
    {
        var writer = Blocked();
        Assert.False(writer.TryOffer(Part(1)));
        Assert.Equal((0, 0), (writer.QueuedBytes, writer.QueuedPackets));
        _pipe.Take();
        Assert.True(writer.TryOffer(Part(1)));
        Assert.Equal([1], Assert.Single(_pipe.TakeFrames()).Payload);
    }

    /// <summary>What arrives is what was sent, in that order, without what was replaced.</summary>
    [Theory]
    [InlineData(Side.Server)]
    [InlineData(Side.Client)]
    public void Conflated_WhileAFlushIsPending_TheNewestOfEachKeyComes_InItsPlaceAmongTheOthers(Side side)
    {
        var writer = Blocked(side);
        Assert.True(writer.TryWriteBinary([1]));
        writer.Conflate(Part(2), [7], _counters);
        writer.Conflate(Part(3), [8], _counters);
        Assert.True(writer.TryWriteBinary([4]));
        writer.Conflate(Part(5), [7], _counters);
        Assert.True(writer.TryWrite("t"u8, [[6], [7]]));
        Assert.Equal((7 + 2, 5), (writer.QueuedBytes, writer.QueuedPackets));
        _pipe.Take();
        Assert.Equal(["Binary 01", "Binary 030405", "Text 74", "Binary 06", "Binary 07"], TakeAll());
        Assert.Equal((0, 0), (writer.QueuedBytes, writer.QueuedPackets));
        Assert.Equal((1, 0), (_counters.Conflated, _counters.Dropped));
    }

    [Fact]
    public void Waiting_ComesBitByBit_AsThePeerReads_AndTheRestCanStillBeReplaced()
    {
        var writer = Blocked(maxQueuedBytes: 100_000);
        for (byte key = 0; key < 20; key++)
        {
            writer.Conflate(new OutgoingPacket(Message(key, 1), PacketForm.Binary), [key], _counters);
        }

        _pipe.Take();
        // The pipe has as much as it takes once more, and the rest waits.
        Assert.True(writer.QueuedBytes > 0);
        writer.Conflate(new OutgoingPacket(Message(19, 2), PacketForm.Binary), [19], _counters);
        var received = new List<byte[]>();
        while (_pipe.TakeFrames() is { Count: > 0 } frames)
        {
            received.AddRange(frames.Select(frame => frame.Payload));
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(key => ((byte)key, key == 19 ? (byte)2 : (byte)1)), received.Select(payload => (payload[0], payload[1])));

        static byte[] Message(byte key, byte version) => [key, version, .. Bytes(RecordingPipe.Threshold)];
    }

    [Fact]
    public void Pong_OvertakesWhatWaits_AGoodbyeDoesNot()
    {
        var writer = Blocked();
        writer.Conflate(Part(1), [7], _counters);
        writer.Write(Opcode.Pong, []);
        writer.Write(Opcode.Text, "2"u8);
        writer.Write(Opcode.Binary, [9]);
        writer.Write(Opcode.Close, []);
        writer.Conflate(Part(3), [7], _counters);
        _pipe.Take();
        Assert.Equal(["Pong ", "Text 32", "Binary 01", "Binary 09", "Close "], TakeAll());
        Assert.Equal(0, _counters.Conflated);
    }

    [Fact]
    public void End_WhileSomethingWaits_LosesNothing()
    {
        var writer = Blocked();
        writer.Conflate(Part(1), [7], _counters);
        Assert.True(writer.TryWriteBinary([2]));
        writer.End();
        _pipe.Complete();
        Assert.Equal([Bytes(RecordingPipe.Threshold), [1, 2]], _pipe.TakeFrames().Select(frame => frame.Payload));
    }

    [Fact]
    public void Packets_MoreThanMayWait_AreRefused_WithAndWithoutReplaceableOnes()
    {
        var writer = Blocked(maxQueuedPackets: 2);
        Assert.True(writer.TryWriteBinary([1]));
        writer.Conflate(Part(2), [7], _counters);
        // The replaceable one makes room.
        Assert.True(writer.TryWriteBinary([3]));
        Assert.False(writer.TryWriteBinary([4]));
        Assert.Equal((2, 1), (writer.QueuedPackets, _counters.Dropped));
        _pipe.Take();
        Assert.Equal(["Binary 01", "Binary 03"], TakeAll());
    }

    [Fact]
    public void ReplaceablePackets_NeverExceedTheLimit()
    {
        var writer = Blocked(maxQueuedBytes: 100);
        for (byte key = 0; key < 200; key++)
        {
            writer.Conflate(new OutgoingPacket(Bytes(9), PacketForm.Part), [key], _counters);
            Assert.True(writer.QueuedBytes <= 100);
        }

        Assert.Equal((190, 10), (_counters.Dropped, writer.QueuedPackets));
        Assert.True(writer.TryWriteBinary(Bytes(100)));
        Assert.False(writer.TryWriteBinary([1]));
        Assert.Equal(200, _counters.Dropped);
    }

    [Fact]
    public void Reader_ThatGoes_WhileSomethingWaits_EndsTheWriter()
    {
        var writer = Blocked();
        writer.Conflate(Part(1), [7], _counters);
        _pipe.Reader.Complete(new IOException("reset"));
        Assert.True(writer.TryOffer(Part(2)));
        Assert.Equal(0, writer.QueuedBytes);
    }

    /// <summary>Many threads, a reader that stops and goes on: reliable parts are all there in each thread's order, and of the others each thread's newest comes last.</summary>
    [Fact]
    public async Task Writes_FromManyThreads_ToAReaderThatStops_KeepEachThreadsOrder_AndTheNewest()
    {
        const int Threads = 4;
        const int PartsEach = 3_000;
        var writer = new FrameWriter(_pipe, Side.Client, long.MaxValue);
        var reading = ReadToTheEndAsync();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < PartsEach; number++)
            {
                writer.TryWriteBinary([0, (byte)thread, (byte)(number >> 8), (byte)number]);
                byte[] latest = [1, (byte)thread, (byte)(number >> 8), (byte)number];
                if (!writer.TryOffer(new OutgoingPacket(latest, PacketForm.Part)))
                {
                    writer.Conflate(new OutgoingPacket(latest, PacketForm.Part), [(byte)thread], _counters);
                }
            }
        })));
        writer.End();
        _pipe.Complete();
        var parts = Frames.Parse(await reading).SelectMany(frame => frame.Payload.Chunk(4)).ToLookup(part => (part[0], part[1]), part => (part[2] << 8) | part[3]);
        for (byte thread = 0; thread < Threads; thread++)
        {
            Assert.Equal(Enumerable.Range(0, PartsEach), parts[(0, thread)]);
            var latest = parts[(1, thread)].ToList();
            Assert.Equal(latest.Order(), latest);
            Assert.Equal(PartsEach - 1, latest[^1]);
        }

        Assert.Equal(Threads * PartsEach, Enumerable.Range(0, Threads).Sum(thread => parts[(1, (byte)thread)].Count()) + _counters.Conflated);
    }

    /// <summary>A writer whose flush is pending: the pipe has as much as it takes.</summary>
    private FrameWriter Blocked(Side side = Side.Server, long maxQueuedBytes = Limit, int maxQueuedPackets = 1_000)
    {
        var writer = new FrameWriter(_pipe, side, maxQueuedBytes, maxQueuedPackets: maxQueuedPackets);
        Assert.True(writer.TryWriteBinary(Bytes(RecordingPipe.Threshold)));
        return writer;
    }

    private List<string> TakeAll()
    {
        List<string> all = [];
        while (_pipe.TakeFrames() is { Count: > 0 } frames)
        {
            all.AddRange(frames.Select(frame => $"{frame.Opcode} {Convert.ToHexStringLower(frame.Payload)}"));
        }

        return all;
    }

    private static OutgoingPacket Part(byte content) => new(new[] { content }, PacketForm.Part);
}
