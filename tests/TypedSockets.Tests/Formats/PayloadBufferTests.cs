using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

public sealed class PayloadBufferTests
{
    [Fact]
    public void Rent_AfterDispose_ReusesTheThreadsBufferEmpty()
    {
        var first = PayloadBuffer.Rent();
        first.Write([1, 2, 3]);
        first.Dispose();
        using var second = PayloadBuffer.Rent();
        Assert.Same(first, second);
        Assert.Equal(0, second.Length);
    }

    /// <summary>A handler that sends while its own reply is being written must not write into that reply.</summary>
    [Fact]
    public void Rent_WhileOneIsOut_GivesAnother()
    {
        using var outer = PayloadBuffer.Rent();
        outer.Write([1]);
        using (var inner = PayloadBuffer.Rent())
        {
            Assert.NotSame(outer, inner);
            inner.Write([2, 3]);
            Assert.Equal([2, 3], inner.Written.ToArray());
        }

        outer.Write([4]);
        Assert.Equal([1, 4], outer.Written.ToArray());
    }

    [Fact]
    public void Dispose_AfterALargePayload_DoesNotKeepIt()
    {
        var large = PayloadBuffer.Rent();
        large.Write(new byte[100_000]);
        large.Dispose();
        using var next = PayloadBuffer.Rent();
        Assert.NotSame(large, next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public void GetSpan_HasTheRoomAskedFor_AndKeepsWhatWasWritten(int count)
    {
        using var buffer = PayloadBuffer.Rent();
        buffer.Write([7, 8, 9]);
        Assert.True(buffer.GetSpan(count).Length >= count);
        Assert.Equal([7, 8, 9], buffer.Written.ToArray());
    }

    [Fact]
    public void Write_ManyTimes_KeepsEveryByteInOrder()
    {
        var expected = new byte[300_000];
        new Random(1).NextBytes(expected);
        using var buffer = PayloadBuffer.Rent();
        for (var position = 0; position < expected.Length;)
        {
            var count = Math.Min(1 + (position % 997), expected.Length - position);
            buffer.Write(expected.AsSpan(position, count));
            position += count;
        }

        Assert.True(buffer.Written.SequenceEqual(expected));
    }

    [Fact]
    public void Patch_ChangesWhatWasWritten()
    {
        using var buffer = PayloadBuffer.Rent();
        buffer.Write([1, 2, 3]);
        buffer.Patch[1] = 9;
        Assert.Equal([1, 9, 3], buffer.Written.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Advance_BeyondTheRoom_IsRefused(int count)
    {
        using var buffer = PayloadBuffer.Rent();
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(count));
    }

    [Fact]
    public void SteadyState_RentWriteDispose_AllocatesNothing()
    {
        for (var round = 0; round < 100; round++)
        {
            WriteOne();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            WriteOne();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void WriteOne()
        {
            using var buffer = PayloadBuffer.Rent();
            var writer = new MessagePackWriter(buffer);
            writer.BeginArray(9);
            writer.WriteString("a text that is longer than 31 bytes, with an ä");
            writer.WriteInt64(-123_456_789_012);
            writer.WriteDouble(1.5);
            writer.WriteDecimal(1.10m);
            writer.WriteGuid(default);
            writer.WriteDateTime(DateTime.UnixEpoch);
            writer.WriteDateTimeOffset(DateTimeOffset.UnixEpoch);
            writer.WriteBinary([1, 2, 3]);
            writer.WriteNil();
            writer.Flush();
        }
    }
}
