using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Tests.Codecs;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0u, "00")]
    [InlineData(127u, "7f")]
    [InlineData(128u, "8001")]
    [InlineData(16_383u, "ff7f")]
    [InlineData(16_384u, "808001")]
    [InlineData(2_097_151u, "ffff7f")]
    [InlineData(2_097_152u, "80808001")]
    [InlineData(268_435_455u, "ffffff7f")]
    [InlineData(268_435_456u, "8080808001")]
    [InlineData(uint.MaxValue, "ffffffff0f")]
    public void Number_RoundTrips_AndIsCutShortNowhere(uint value, string hex)
    {
        var bytes = new byte[Varint.MaxSize];
        var size = Varint.Write(bytes, value);
        Assert.Equal(hex, Convert.ToHexStringLower(bytes, 0, size));
        Assert.Equal(size, Varint.SizeOf(value));
        ReadOnlySpan<byte> rest = [.. bytes.AsSpan(0, size), 0xaa];
        Assert.True(Varint.TryRead(ref rest, out var read));
        Assert.Equal((value, 0xaa, 1), (read, rest[0], rest.Length));
        for (var length = 0; length < size; length++)
        {
            ReadOnlySpan<byte> cut = bytes.AsSpan(0, length);
            Assert.False(Varint.TryRead(ref cut, out _));
        }
    }

    [Theory]
    [InlineData("8000", 0u)]
    [InlineData("8580808000", 5u)]
    public void Number_InALongerEncoding_IsRead(string hex, uint expected)
    {
        ReadOnlySpan<byte> bytes = Convert.FromHexString(hex);
        Assert.True(Varint.TryRead(ref bytes, out var value));
        Assert.Equal(expected, value);
        Assert.True(bytes.IsEmpty);
    }

    [Theory]
    [InlineData("ffffffff10")]
    [InlineData("ffffffff7f")]
    [InlineData("808080808000")]
    [InlineData("ffffffffffffffff01")]
    public void Number_OfMoreThan32Bits_IsRefused(string hex)
    {
        ReadOnlySpan<byte> bytes = Convert.FromHexString(hex);
        Assert.False(Varint.TryRead(ref bytes, out _));
    }
}
