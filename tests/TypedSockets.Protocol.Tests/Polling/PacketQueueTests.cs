using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Polling;

public sealed class PacketQueueTests
{
    private const int MaxJoined = 16 * 1024;

    [Fact]
    public void RandomPackets_LeaveAsTheyCame()
    {
        var random = new Random(7);
        var queue = new PacketQueue();
        var expected = new Queue<(byte[] Bytes, bool IsBinary)>();
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(5) < 3)
            {
                var bytes = new byte[random.Next(random.Next(20) == 0 ? 5_000 : 40)];
                random.NextBytes(bytes);
                var isBinary = random.Next(2) == 0;
                Add(queue, bytes, isBinary);
                expected.Enqueue((bytes, isBinary));
            }
            else if (expected.TryDequeue(out var packet))
            {
                Assert.Equal(packet.Bytes, queue.Peek(out var isBinary));
                Assert.Equal(packet.IsBinary, isBinary);
                queue.Remove();
            }

            Assert.Equal(expected.Count == 0, queue.IsEmpty);
            Assert.Equal(expected.Sum(packet => packet.Bytes.Length), queue.Bytes);
        }
    }

    [Fact]
    public void WhenEmpty_CompletesWhenTheLastPacketHasBeenTaken()
    {
        var queue = new PacketQueue();
        Assert.True(queue.WhenEmptyAsync().IsCompleted);
        queue.AddText([1]);
        queue.AddText([2]);
        var emptied = queue.WhenEmptyAsync();
        queue.Remove();
        Assert.False(emptied.IsCompleted);
        queue.Remove();
        Assert.True(emptied.IsCompleted);
        queue.AddText([3]);
        emptied = queue.WhenEmptyAsync();
        queue.Clear();
        Assert.True(emptied.IsCompleted);
    }

    [Fact]
    public void Parts_JoinUntilTheMessageIsLong()
    {
        var queue = new PacketQueue();
        queue.AddBinary(new byte[MaxJoined - 1], joins: true);
        queue.AddBinary([1], joins: true);
        queue.AddBinary([2], joins: true);
        Assert.Equal(MaxJoined, queue.Peek(out _).Length);
        queue.Remove();
        Assert.Equal([2], queue.Peek(out _).ToArray());
    }

    [Fact]
    public void Parts_DoNotJoinAMessageOfItsOwn_NorAcrossAText()
    {
        var queue = new PacketQueue();
        queue.AddBinary([1], joins: false);
        queue.AddBinary([2], joins: true);
        queue.AddText("2"u8);
        queue.AddBinary([3], joins: true);
        queue.AddBinary([4], joins: true);
        Assert.Equal(["01", "02", "32", "0304"], Drain(queue));
    }

    [Fact]
    public void Part_BehindAnEmptiedQueue_IsANewMessage()
    {
        var queue = new PacketQueue();
        queue.AddBinary([1], joins: true);
        queue.Remove();
        queue.AddBinary([2], joins: true);
        Assert.Equal(["02"], Drain(queue));
    }

    [Fact]
    public void Clear_ForgetsEverything()
    {
        var queue = new PacketQueue();
        queue.AddText("4hello"u8);
        queue.AddBinary([1], joins: true);
        queue.Clear();
        Assert.True(queue.IsEmpty);
        Assert.Equal(0, queue.Bytes);
        queue.AddBinary([2], joins: true);
        Assert.Equal(["02"], Drain(queue));
    }

    private static void Add(PacketQueue queue, byte[] bytes, bool isBinary)
    {
        if (isBinary)
        {
            queue.AddBinary(bytes, joins: false);
        }
        else
        {
            queue.AddText(bytes);
        }
    }

    private static List<string> Drain(PacketQueue queue)
    {
        List<string> packets = [];
        while (!queue.IsEmpty)
        {
            packets.Add(Convert.ToHexStringLower(queue.Peek(out _)));
            queue.Remove();
        }

        return packets;
    }
}
