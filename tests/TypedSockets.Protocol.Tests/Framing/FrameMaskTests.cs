using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

public sealed class FrameMaskTests
{
    /// <summary>Every length around the vector and word sizes, at every alignment and every offset into the key.</summary>
    [Fact]
    public void Apply_AnyLengthAlignmentAndOffset_CombinesEachByteWithItsKeyByte()
    {
        byte[] key = [0x11, 0x22, 0x44, 0x88];
        var mask = BitConverter.ToUInt32(key);
        for (var length = 0; length < 150; length++)
        {
            for (var offset = 0; offset < 8; offset++)
            {
                var memory = Enumerable.Range(0, length + 11).Select(index => (byte)index).ToArray();
                var start = length % 7;
                FrameMask.Apply(memory.AsSpan(start, length), mask, offset);
                for (var index = 0; index < memory.Length; index++)
                {
                    var inside = index - start;
                    var expected = inside >= 0 && inside < length ? (byte)(index ^ key[(inside + offset) % 4]) : (byte)index;
                    Assert.Equal(expected, memory[index]);
                }
            }
        }
    }
}
