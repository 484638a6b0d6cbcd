using System.Text;
using System.Text.Json;

namespace TypedSockets.Conformance.Tests.SocketIO;

/// <summary>One Engine.IO session as Socket.IO's own test suite drives it, over either transport. Packets are written as polling has them: binary messages as <c>b</c> and base64.</summary>
internal sealed class SuiteSession : IAsyncDisposable
{
    private const byte Text = 0x1;
    private const byte Binary = 0x2;

    private readonly Uri _server;
    private readonly RawPeer _gets;
    private readonly RawPeer? _posts;
    private readonly Queue<string> _received = new();

    private SuiteSession(Uri server, RawPeer gets, RawPeer? posts, string open)
    {
        (_server, _gets, _posts, Open) = (server, gets, posts, JsonElement.Parse(open[1..]));
    }

    /// <summary>What the server said first.</summary>
    public JsonElement Open { get; }

    private string Id => Open.GetProperty("sid").GetString()!;

    private static HttpRequest Poll => HttpRequest.Poll.To(HttpRequest.Poll.Target.Replace("/engine.io/", "/socket.io/", StringComparison.Ordinal));

    public static async Task<SuiteSession> OpenAsync(SuiteServer server, TransportKind transport)
    {
        var peer = await RawPeer.DialAsync(server.Address);
        if (transport is TransportKind.WebSocket)
        {
            Assert.Equal(101, (await peer.RequestAsync(new HandshakeRequest().To("EIO=4&transport=websocket"))).Status);
            return new SuiteSession(server.Address, peer, null, Encoding.UTF8.GetString((await peer.ReadFrameAsync()).Payload));
        }

        await peer.SendAsync(HttpRequest.Handshake.To("/socket.io/?EIO=4&transport=polling").ToBytes(server.Address, null));
        var response = await peer.ReadResponseAsync("GET");
        Assert.Equal(200, response.Status);
        return new SuiteSession(server.Address, peer, await RawPeer.DialAsync(server.Address), response.Body);
    }

    public async Task SendAsync(params string[] packets)
    {
        if (_posts is not null)
        {
            var request = HttpRequest.Post(string.Join('\u001e', packets)).To(Poll.Target);
            await _posts.SendAsync(request.ToBytes(_server, Id));
            await _posts.ReadResponseAsync("POST");
            return;
        }

        foreach (var packet in packets)
        {
            var isBinary = packet.StartsWith('b');
            await _gets.SendFrameAsync(isBinary ? Binary : Text, isBinary ? Convert.FromBase64String(packet[1..]) : Encoding.UTF8.GetBytes(packet));
        }
    }

    public async Task<string> ReadAsync() => await TryReadAsync() ?? throw new InvalidOperationException("The server has closed the session.");

    /// <summary>Reads packets until the server has closed the session.</summary>
    public async Task WaitForCloseAsync()
    {
        while (await TryReadAsync() is not null)
        {
        }
    }

    /// <summary>Opens a namespace and passes over what the server says then.</summary>
    public async Task JoinAsync(string prefix = "")
    {
        await SendAsync($"40{prefix}");
        Assert.StartsWith($"40{prefix}{{\"sid\":", await ReadAsync(), StringComparison.Ordinal);
        Assert.Equal($"42{prefix}[\"auth\",{{}}]", await ReadAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _gets.DisposeAsync();
        if (_posts is not null)
        {
            await _posts.DisposeAsync();
        }
    }

    private async Task<string?> TryReadAsync()
    {
        if (_posts is null)
        {
            var frame = await _gets.ReadFrameAsync();
            return frame.Opcode switch
            {
                Text => Encoding.UTF8.GetString(frame.Payload),
                Binary => $"b{Convert.ToBase64String(frame.Payload)}",
                _ => null,
            };
        }

        if (_received.Count == 0)
        {
            await _gets.SendAsync(Poll.ToBytes(_server, Id));
            var response = await _gets.ReadResponseAsync("GET");
            if (response.Status != 200)
            {
                return null;
            }

            foreach (var packet in response.Body.Split('\u001e'))
            {
                _received.Enqueue(packet);
            }
        }

        var next = _received.Dequeue();
        return next == "1" ? null : next;
    }
}
