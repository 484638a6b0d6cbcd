using System.IO.Compression;
using ConformanceHost;
using TypedSockets.Client;
using TypedSockets.Server.WebSockets;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>Both of our ends with compression between them.</summary>
public sealed class CompressedSessionTests
{
    [Theory]
    [InlineData(WebSocketPath.Hijacked, true, true)]
    [InlineData(WebSocketPath.Hijacked, true, false)]
    [InlineData(WebSocketPath.Hijacked, false, true)]
    [InlineData(WebSocketPath.Hijacked, false, false)]
    [InlineData(WebSocketPath.Stream, true, true)]
    internal async Task Calls_OfEverySize_AreAnswered(WebSocketPath path, bool serverTakesOver, bool clientTakesOver)
    {
        var compression = new WebSocketCompressionOptions { ServerContextTakeover = serverTakesOver, ClientContextTakeover = clientTakesOver, Level = CompressionLevel.Optimal };
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.WebSocketPath = path;
            options.WebSocketCompression = compression;
        });
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { WebSocketCompression = compression with { ThresholdBytes = 0 } });
        var echo = socket.Open(IEchoServer.Contract, new Listener());
        await socket.ConnectAsync(TestContext.Current.CancellationToken);
        foreach (var length in (int[])[0, 1, 100, 1_000, 1_024, 4_000, 4_096, 65_535, 65_536, 900_000])
        {
            var text = string.Concat(Enumerable.Range(0, (length / 4) + 1).Select(index => (index * index % 10_007).ToString("0000", null)))[..length];
            Assert.Equal(text, await echo.Echo(text));
        }

        // Many at once share messages, so batches are compressed.
        var answers = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => echo.Echo($"number {number}").AsTask()));
        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => $"number {number}"), answers);
        await socket.CloseAsync();
    }

    /// <summary>The event fits the wire when it is compressed, and must be refused all the same.</summary>
    [Fact]
    public async Task Event_OverTheServersLimit_EndsTheSession()
    {
        var compression = new WebSocketCompressionOptions();
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.WebSocketCompression = compression;
            options.MaxPayloadBytes = 10_000;
        });
        await using var peer = await RawPeer.DialAsync(server.Address);
        Assert.Equal(101, (await peer.RequestAsync(new HandshakeRequest().Also("Sec-WebSocket-Extensions", "permessage-deflate"))).Status);
        using var compressed = new MemoryStream();
        await using (var deflate = new DeflateStream(compressed, CompressionLevel.SmallestSize))
        {
            await deflate.WriteAsync(new byte[10_001], TestContext.Current.CancellationToken);
            await deflate.FlushAsync(TestContext.Current.CancellationToken);
            await peer.SendAsync(RawPeer.Frame(0xc2, compressed.ToArray()[..^4], isMasked: true));
            Assert.Equal((1009, (int)DisconnectCode.PayloadTooLarge), await peer.ReadEndAsync());
        }
    }

    private sealed class Listener : IEchoClient
    {
        public void Echoed(string text)
        {
        }
    }
}
