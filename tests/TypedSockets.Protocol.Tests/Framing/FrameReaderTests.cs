using System.Buffers;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>What a reader does beside the cases of <see cref="FramingCaseTests"/>.</summary>
public sealed class FrameReaderTests
{
    private const long Limit = 300;

    private readonly RecordingReceiver _receiver = new();

    /// <summary>A pipe may give a sequence whose first segment is used up; the frame behind it must be found.</summary>
    [Fact]
    public void Frame_EndingAtTheSegmentsBorder_LeavesTheNextOneReadable()
    {
        var frame = Frames.Build(Opcode.Binary, [1, 2, 3], isMasked: true);
        Arrival.AtOnce(new FrameReader(Side.Server, Limit), [[.. frame], [], [.. frame]], _receiver);
        Arrival.OneByOne(new FrameReader(Side.Server, Limit), [[.. frame], [], [.. frame]], _receiver);
        Assert.Equal(Enumerable.Repeat("binary 010203", 4), _receiver.Log);
    }

    [Fact]
    public void Read_AfterTheCloseFrame_FindsNothingMore()
    {
        var reader = new FrameReader(Side.Client, Limit);
        Arrival.AtOnce(reader, [[0x88, 0x00]], _receiver);
        Arrival.AtOnce(reader, [[0x82, 0x01, 0x00]], _receiver);
        reader.Resume();
        Arrival.AtOnce(reader, [[0x82, 0x01, 0x00]], _receiver);
        Assert.Equal(["close  "], _receiver.Log);
    }

    [Theory]
    [InlineData("827e012d", 301)]
    [InlineData("020100807f7fffffffffffffff", long.MaxValue)]
    public void Message_OverTheLimit_IsRefusedBeforeItsPayloadArrives(string hex, long size)
    {
        var reader = new FrameReader(Side.Client, Limit);
        var bytes = Convert.FromHexString(hex);
        var violation = Assert.Throws<FrameViolationException>(() => Arrival.AtOnce(reader, [bytes], _receiver));
        Assert.Equal(new PayloadTooLarge(size, Limit), violation.Reason);
        reader.Release();
    }

    /// <summary>A million fragments hold no more than their bytes; empty ones hold nothing.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Flood_OfTinyFragments_StaysWithinTheLimitsMemory(int fragmentBytes)
    {
        const int Fragments = 1_000_000;
        const int FloodLimit = 100_000;
        var reader = new FrameReader(Side.Client, FloodLimit);
        Arrival.AtOnce(reader, [Frames.Build(Opcode.Binary, [], isMasked: false, isFinal: false)], _receiver);
        var fragment = new ReadOnlySequence<byte>(Frames.Build(Opcode.Continuation, new byte[fragmentBytes], isMasked: false, isFinal: false));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = 0;
        var violation = Record.Exception(() =>
        {
            for (; read < Fragments; read++)
            {
                var buffer = fragment;
                reader.Read(ref buffer, _receiver);
            }
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * FloodLimit);
        Assert.Equal(fragmentBytes == 0 ? Fragments : FloodLimit, read);
        Assert.Equal(fragmentBytes == 0 ? null : CloseCode.MessageTooBig, (violation as FrameViolationException)?.CloseCode);
        reader.Release();
    }
}
