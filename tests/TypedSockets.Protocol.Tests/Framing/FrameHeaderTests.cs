using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

public sealed class FrameHeaderTests
{
    private const uint Mask = 0x3d21fa37;

    [Theory]
    [InlineData(0, "8200", "828037fa213d")]
    [InlineData(125, "827d", "82fd37fa213d")]
    [InlineData(126, "827e007e", "82fe007e37fa213d")]
    [InlineData(65_535, "827effff", "82feffff37fa213d")]
    [InlineData(65_536, "827f0000000000010000", "82ff000000000001000037fa213d")]
    public void Header_IsWrittenShortest_AndReadBackOnceItIsWhole(long length, string unmasked, string masked)
    {
        AssertHeader(length, null, unmasked);
        AssertHeader(length, Mask, masked);
        Assert.Equal(unmasked.Length / 2, FrameHeader.SizeOf(length));
    }

    private static void AssertHeader(long length, uint? mask, string hex)
    {
        var bytes = new byte[FrameHeader.MaxSize];
        var size = FrameHeader.Write(bytes, Opcode.Binary, length, mask);
        Assert.Equal(hex, Convert.ToHexStringLower(bytes, 0, size));
        for (var available = 0; available < size; available++)
        {
            Assert.False(FrameHeader.TryRead(bytes.AsSpan(0, available), mayBeCompressed: false, out _));
        }

        Assert.True(FrameHeader.TryRead(bytes.AsSpan(0, size), mayBeCompressed: false, out var header));
        Assert.Equal(new FrameHeader(Opcode.Binary, IsFinal: true, mask is not null, mask.GetValueOrDefault(), length, size), header);
    }
}
