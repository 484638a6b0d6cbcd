using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using TypedSockets.Server;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>The platform's client against our server.</summary>
public sealed class SystemClientTests
{
    private static readonly int[] s_lengths = [0, 1, 125, 126, 127, 1_023, 1_024, 1_025, 4_087, 4_088, 4_096, 4_097, 65_535, 65_536, 65_537, 300_000];

    /// <summary>What the client asks for, what the server allows, and the answer.</summary>
    public static TheoryData<WebSocketDeflateOptions?, WebSocketCompressionOptions?, string?> Agreements { get; } = new()
    {
        { null, null, null },
        { null, new WebSocketCompressionOptions(), null },
        { new WebSocketDeflateOptions(), null, null },
        { new WebSocketDeflateOptions(), new WebSocketCompressionOptions(), "permessage-deflate" },
        { new WebSocketDeflateOptions(), new WebSocketCompressionOptions { ThresholdBytes = 0, Level = CompressionLevel.SmallestSize }, "permessage-deflate" },
        { new WebSocketDeflateOptions { ClientContextTakeover = false }, new WebSocketCompressionOptions { ThresholdBytes = 0 }, "permessage-deflate; client_no_context_takeover" },
        { new WebSocketDeflateOptions { ServerContextTakeover = false }, new WebSocketCompressionOptions { ThresholdBytes = 0 }, "permessage-deflate; server_no_context_takeover" },
        { new WebSocketDeflateOptions { ClientMaxWindowBits = 9 }, new WebSocketCompressionOptions { ThresholdBytes = 0 }, "permessage-deflate; client_max_window_bits=9" },
        { new WebSocketDeflateOptions { ServerMaxWindowBits = 9 }, new WebSocketCompressionOptions { ThresholdBytes = 0 }, null },
        {
            new WebSocketDeflateOptions(), new WebSocketCompressionOptions { ServerContextTakeover = false, ClientContextTakeover = false },
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Agreements))]
    public async Task Messages_OfEverySizeAndType_ComeBack(WebSocketDeflateOptions? asked, WebSocketCompressionOptions? allowed, string? answer)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var host = await LoopbackHost.StartOursAsync(new TypedSocketServerOptions { WebSocketCompression = allowed });
        using var client = await ConnectAsync(host, asked);
        Assert.Equal(answer, client.HttpResponseHeaders!.TryGetValue("Sec-WebSocket-Extensions", out var values) ? values.Single() : null);
        for (var round = 0; round < 2; round++)
        {
            foreach (var length in s_lengths)
            {
                // Half of it can be compressed well, the other half not at all.
                var message = new byte[length];
                new Random(length).NextBytes(message.AsSpan(0, length / 2));
                await client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
                Assert.Equal(message, await ReceiveAsync(client, WebSocketMessageType.Binary));
                var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 6).Select(index => $"€{index % 1_000:000}")));
                var half = text.Length / 2;
                await client.SendAsync(text.AsMemory(0, half), WebSocketMessageType.Text, endOfMessage: false, cancellation);
                await client.SendAsync(text.AsMemory(half), WebSocketMessageType.Text, endOfMessage: true, cancellation);
                Assert.Equal(text, await ReceiveAsync(client, WebSocketMessageType.Text));
            }
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", cancellation);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Fact]
    public async Task Server_Closes_TheClientLearnsWhy()
    {
        await using var host = await LoopbackHost.StartOursAsync(new TypedSocketServerOptions());
        using var client = await ConnectAsync(host, null);
        await client.SendAsync("close"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        Assert.Empty(await ReceiveAsync(client, WebSocketMessageType.Close));
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, TransportEcho.Farewell), (client.CloseStatus, client.CloseStatusDescription));
        await client.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_OverTheLimit_IsRefusedWithItsCloseCode(bool isCompressed)
    {
        var compression = isCompressed ? new WebSocketCompressionOptions() : null;
        await using var host = await LoopbackHost.StartOursAsync(new TypedSocketServerOptions { WebSocketCompression = compression, MaxPayloadBytes = 10_000 });
        using var client = await ConnectAsync(host, isCompressed ? new WebSocketDeflateOptions() : null);
        await client.SendAsync(new byte[10_000], WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
        Assert.Equal(new byte[10_000], await ReceiveAsync(client, WebSocketMessageType.Binary));
        await client.SendAsync(new byte[10_001], WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
        Assert.Empty(await ReceiveAsync(client, WebSocketMessageType.Close));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    private static async Task<ClientWebSocket> ConnectAsync(LoopbackHost host, WebSocketDeflateOptions? deflate)
    {
        var client = new ClientWebSocket();
        client.Options.DangerousDeflateOptions = deflate;
        client.Options.CollectHttpResponseDetails = true;
        await client.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket client, WebSocketMessageType type)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8_192];
        while (true)
        {
            var result = await client.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            Assert.Equal(type, result.MessageType);
            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
