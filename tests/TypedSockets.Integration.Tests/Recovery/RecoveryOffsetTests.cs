using System.Text;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Integration.Tests.Recovery;

public sealed class RecoveryOffsetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1_764_170_000_123)]
    [InlineData((1L << 48) - 1)]
    public void Offset_IsReadAsItWasWritten(long offset)
    {
        Assert.Equal(offset, RecoveryOffset.TryRead(Write(offset)));
        Assert.Equal(RecoveryOffset.Placeholder.Length, Write(offset).Length);
    }

    [Fact]
    public void Offsets_AsText_AreInTheOrderOfTheirNumbers()
    {
        long[] offsets = [0, 1, 10, 63, 64, 65, 4095, 4096, 1_764_170_000_123, 1_764_170_000_124, 1_764_170_000_200];
        Assert.Equal(offsets, offsets.Reverse().OrderBy(offset => Encoding.ASCII.GetString(Write(offset)), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-------")]
    [InlineData("---------")]
    [InlineData("-------.")]
    [InlineData("-------é")]
    public void Text_ThatIsNoOffset_IsNotRead(string text) => Assert.Null(RecoveryOffset.TryRead(Encoding.UTF8.GetBytes(text)));

    private static byte[] Write(long offset)
    {
        var text = new byte[RecoveryOffset.Length];
        RecoveryOffset.Write(offset, text);
        return text;
    }
}
