using System.IO.Compression;

namespace TypedSockets.Tests.WebSockets;

public sealed class WebSocketCompressionOptionsTests
{
    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new WebSocketCompressionOptions();
        Assert.Equal((1_024, true, true, CompressionLevel.Fastest), (options.ThresholdBytes, options.ServerContextTakeover, options.ClientContextTakeover, options.Level));
    }

    [Fact]
    public void Values_OutsideTheirRange_AreRefusedWhereTheyAreSet()
    {
        Assert.Contains("ThresholdBytes", Assert.Throws<ArgumentOutOfRangeException>(() => new WebSocketCompressionOptions { ThresholdBytes = -1 }).Message, StringComparison.Ordinal);
        Assert.Contains("Level", Assert.Throws<ArgumentOutOfRangeException>(() => new WebSocketCompressionOptions { Level = CompressionLevel.NoCompression }).Message, StringComparison.Ordinal);
        Assert.Contains("Level", Assert.Throws<ArgumentOutOfRangeException>(() => new WebSocketCompressionOptions { Level = (CompressionLevel)9 }).Message, StringComparison.Ordinal);
    }
}
