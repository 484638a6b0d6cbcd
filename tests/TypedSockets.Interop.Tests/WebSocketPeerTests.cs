using System.Text;
using System.Threading.Channels;
using TypedSockets.Client;
using TypedSockets.Client.Transports;
using TypedSockets.Client.Transports.WebSocket;
using TypedSockets.Interop.Tests.Programs;
using TypedSockets.Interop.Tests.Servers;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Interop.Tests;

/// <summary>The npm package ws as the other end of our WebSocket: as a client of our server, and as a server of our client.</summary>
[Trait("Category", "Node")]
public sealed class WebSocketPeerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly WebSocketCompressionOptions s_compression = new() { ThresholdBytes = 0 };

    /// <summary>Whether messages are compressed, what ends the connection, and the close code that the client then sees.</summary>
    [Theory]
    [InlineData(false, "--end=server", 1000)]
    [InlineData(false, "--code=1000", 1000)]
    [InlineData(false, "--code=3000", 3000)]
    [InlineData(false, "--code=4999", 4999)]
    [InlineData(true, "--end=server", 1000)]
    [InlineData(true, "--code=1000", 1000)]
    public async Task Server_OfAnotherClient_EchoesEachSizeAnswersPingsAndCloses(bool deflates, string end, int closeCode)
    {
        NodePackages.Require();
        await using var server = await EngineHost.StartAsync(Heartbeat.Calm, options => options.WebSocketCompression = deflates ? s_compression : null);
        await using var client = NodeProgram.Start("ws-client.mjs", $"--url=ws://{server.Address.Authority}/engine.io/?EIO=4&transport=websocket", end, deflates ? "--deflate" : "--plain");
        Assert.Equal(deflates ? "permessage-deflate" : "", (await client.ReadAsync("open")).GetProperty("extensions").GetString());
        Assert.Equal(26, (await client.ReadAsync("echoed")).GetProperty("count").GetInt32());
        Assert.Equal("are you there?", (await client.ReadAsync("pong")).GetProperty("payload").GetString());
        Assert.Equal(closeCode, (await client.ReadAsync("close")).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_OfAnotherServer_ReceivesEachSizeAndClosesWithACode(bool deflates)
    {
        await using var peer = await Peer.ConnectAsync(deflates);
        foreach (var size in (int[])[0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537, 900_000])
        {
            await peer.AssertEchoAsync(Encoding.UTF8.GetBytes(new string('é', size / 2)), isBinary: false);
            await peer.AssertEchoAsync([.. Enumerable.Range(0, size).Select(index => (byte)(index * 7))], isBinary: true);
        }

        peer.Transport.Close(4002, "enough");
        Assert.Null(await peer.EndAsync());
        var close = await peer.Server.ReadAsync("close");
        Assert.Equal((4002, "enough"), (close.GetProperty("code").GetInt32(), close.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Client_ServerCloses_HearsCodeAndText()
    {
        await using var peer = await Peer.ConnectAsync(deflates: false);
        peer.Transport.TrySendMessage("close"u8, isBinary: false);
        Assert.Equal(new TransportClose(4001, "because you asked") { Initiator = Initiator.Remote }, await peer.EndAsync());
    }

    [Fact]
    public async Task Client_ServerCuts_HearsThatTheTransportEnded()
    {
        await using var peer = await Peer.ConnectAsync(deflates: false);
        peer.Transport.TrySendMessage("cut"u8, isBinary: false);
        // The end of the stream, or a reset, as the network has it.
        Assert.True(await peer.EndAsync() is TransportClose { CloseCode: null } or TransportError);
    }

    /// <summary>Our client's transport, dialed to a server of ws.</summary>
    private sealed class Peer : IPacketReceiver, IAsyncDisposable
    {
        private readonly Channel<(byte[] Message, bool IsBinary)> _received = Channel.CreateUnbounded<(byte[] Message, bool IsBinary)>();
        private readonly HandshakeClient _client;
        private readonly DialedTransport _dialed;
        private readonly Task<DisconnectReason?> _ended;

        private Peer(NodeProgram server, HandshakeClient client, DialedTransport dialed)
        {
            (Server, _client, _dialed) = (server, client, dialed);
            _ended = ReceiveAsync();
        }

        public NodeProgram Server { get; }

        public PacketTransport Transport => _dialed.Transport;

        public static async Task<Peer> ConnectAsync(bool deflates)
        {
            var server = NodeProgram.Start("ws-server.mjs", deflates ? "--deflate" : "--plain");
            try
            {
                var port = (await server.ReadAsync("listening")).GetProperty("port").GetInt32();
                var options = new TypedSocketOptions { WebSocketCompression = deflates ? s_compression : null };
                var client = new HandshakeClient(new HandshakeAddress(new Uri($"http://127.0.0.1:{port}/"), options), options);
                var dialed = await new UpgradeDialer(client, options).DialAsync(new DialRequest(null, default, null), CancellationToken.None);
                Assert.Equal(deflates ? "permessage-deflate" : "", (await server.ReadAsync("open")).GetProperty("extensions").GetString());
                return new Peer(server, client, dialed);
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }

        /// <summary>Waits for the goodbyes; how the transport ended, null when this end closed it.</summary>
        public Task<DisconnectReason?> EndAsync() => _ended.WaitAsync(s_patience);

        public async Task AssertEchoAsync(byte[] message, bool isBinary)
        {
            Assert.True(Transport.TrySendMessage(message, isBinary));
            var (echo, isEchoBinary) = await _received.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
            Assert.Equal((isBinary, message.Length), (isEchoBinary, echo.Length));
            Assert.True(message.AsSpan().SequenceEqual(echo));
        }

        public void OnText(ReadOnlySpan<byte> packet) => _received.Writer.TryWrite((packet.ToArray(), false));

        public void OnBinary(ReadOnlySpan<byte> message) => _received.Writer.TryWrite((message.ToArray(), true));

        public void OnViolation(DisconnectReason reason, int closeCode)
        {
            _received.Writer.TryComplete(new InvalidOperationException(reason.Description));
            Transport.Abort();
        }

        public ValueTask WhenReadyAsync() => default;

        public async ValueTask DisposeAsync()
        {
            Transport.Abort();
            await _ended;
            if (_dialed.Resources is { } resources)
            {
                await resources.DisposeAsync();
            }

            _client.Dispose();
            await Server.DisposeAsync();
        }

        private async Task<DisconnectReason?> ReceiveAsync()
        {
            var reason = await Transport.ReceiveAsync(this);
            await Transport.FinishAsync();
            return reason;
        }
    }
}
