using System.IO.Compression;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using TypedSockets.Client;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>Our client's handshake and framing against the platform's server.</summary>
public sealed class SystemServerTests
{
    private static readonly int[] s_lengths = [0, 1, 125, 126, 127, 1_023, 1_024, 1_025, 4_087, 4_088, 4_096, 4_097, 65_535, 65_536, 65_537, 300_000];

    /// <summary>What the client asks for, what the server allows, and what is agreed on.</summary>
    public static TheoryData<WebSocketCompressionOptions?, WebSocketAcceptContext, WebSocketAgreement> Agreements { get; } = new()
    {
        { null, new WebSocketAcceptContext(), WebSocketAgreement.Plain },
        { null, new WebSocketAcceptContext { SubProtocol = "chat.v1", DangerousEnableCompression = true }, new WebSocketAgreement("chat.v1", null) },
        { new WebSocketCompressionOptions(), new WebSocketAcceptContext(), WebSocketAgreement.Plain },
        { new WebSocketCompressionOptions(), new WebSocketAcceptContext { SubProtocol = "chat.v2", DangerousEnableCompression = true }, new WebSocketAgreement("chat.v2", "permessage-deflate") },
        {
            new WebSocketCompressionOptions { ThresholdBytes = 0, ServerContextTakeover = false, Level = CompressionLevel.Optimal },
            new WebSocketAcceptContext { DangerousEnableCompression = true }, new WebSocketAgreement(null, "permessage-deflate; server_no_context_takeover")
        },
        {
            new WebSocketCompressionOptions { ThresholdBytes = 0, ClientContextTakeover = false },
            new WebSocketAcceptContext { DangerousEnableCompression = true }, new WebSocketAgreement(null, "permessage-deflate; client_no_context_takeover")
        },
        {
            new WebSocketCompressionOptions { ThresholdBytes = 0 },
            new WebSocketAcceptContext { DangerousEnableCompression = true, DisableServerContextTakeover = true, ServerMaxWindowBits = 10 },
            new WebSocketAgreement(null, "permessage-deflate; server_no_context_takeover; server_max_window_bits=10")
        },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Agreements))]
    public async Task Messages_OfEverySizeAndType_ComeBack(WebSocketCompressionOptions? asked, WebSocketAcceptContext allowed, WebSocketAgreement agreed)
    {
        await using var host = await LoopbackHost.StartTheirsAsync(allowed, fragmentBytes: 1_500);
        await using var peer = await DialedPeer.DialAsync(host.Address, Options(asked));
        var transport = peer.Transport;
        Assert.Equal(agreed, transport.Agreement);
        var received = new Received();
        var receiving = transport.ReceiveAsync(received);
        for (var round = 0; round < 2; round++)
        {
            foreach (var length in s_lengths)
            {
                var message = new byte[length];
                new Random(length).NextBytes(message.AsSpan(0, length / 2));
                Assert.True(transport.TrySendMessage(message, isBinary: true));
                await received.AssertNextAsync(isBinary: true, message);
                var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 6).Select(index => $"€{index % 1_000:000}")));
                Assert.True(transport.TrySendMessage(text, isBinary: false));
                await received.AssertNextAsync(isBinary: false, text);
            }
        }

        transport.Close(1000, "done");
        Assert.Null(await receiving);
        await transport.FinishAsync();
    }

    [Fact]
    public async Task Server_Closes_TheReasonIsItsCodeAndText()
    {
        await using var host = await LoopbackHost.StartTheirsAsync(new WebSocketAcceptContext());
        await using var peer = await DialedPeer.DialAsync(host.Address, Options(null));
        Assert.True(peer.Transport.TrySendMessage("close"u8, isBinary: false));
        Assert.Equal(new TransportClose(1001, TransportEcho.Farewell) { Initiator = Initiator.Remote }, await new TransportEcho(peer.Transport).RunAsync());
    }

    /// <summary>What a browser's script may do: offer subprotocols, and nothing about extensions.</summary>
    [Theory]
    [InlineData("chat.v1")]
    [InlineData(null)]
    public async Task BrowserDialer_OffersTheSubProtocols_AndTellsWhichWasChosen(string? chosen)
    {
        await using var host = await LoopbackHost.StartTheirsAsync(new WebSocketAcceptContext { SubProtocol = chosen });
        await using var peer = await DialedPeer.DialAsBrowserAsync(host.Address, Options(null));
        Assert.Equal(new WebSocketAgreement(chosen, null), peer.Transport.Agreement);
        Assert.True(peer.Transport.TrySendMessage("close"u8, isBinary: false));
        Assert.Equal(new TransportClose(1001, TransportEcho.Farewell) { Initiator = Initiator.Remote }, await new TransportEcho(peer.Transport).RunAsync());
    }

    private static TypedSocketOptions Options(WebSocketCompressionOptions? compression) => new() { SubProtocols = ["chat.v2", "chat.v1"], WebSocketCompression = compression };

    private sealed class Received : IPacketReceiver
    {
        private readonly Channel<(bool IsBinary, byte[] Message)> _messages = Channel.CreateUnbounded<(bool, byte[])>();

        public async Task AssertNextAsync(bool isBinary, byte[] message)
        {
            var next = await _messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(isBinary, next.IsBinary);
            Assert.Equal(message, next.Message);
        }

        public void OnText(ReadOnlySpan<byte> packet) => _messages.Writer.TryWrite((false, packet.ToArray()));

        public void OnBinary(ReadOnlySpan<byte> message) => _messages.Writer.TryWrite((true, message.ToArray()));

        public void OnViolation(DisconnectReason reason, int closeCode) => _messages.Writer.Complete(new InvalidOperationException($"{closeCode}: {reason}"));

        public ValueTask WhenReadyAsync() => default;
    }
}
