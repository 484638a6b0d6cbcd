using System.Text;
using System.Text.Json;

namespace TypedSockets.Conformance.Tests;

/// <summary>Engine.IO 4, "Handshake", and RFC 6455 §4.2, over HTTP/1.1.</summary>
public sealed class HandshakeTests
{
    /// <summary>What is wrong, the status, the Engine.IO code, and what the sentence must name.</summary>
    public static TheoryData<string, HandshakeRequest, int, int, string> Refusals { get; } = new()
    {
        { "no transport", new HandshakeRequest().To("EIO=4&codec=ts1"), 400, 0, "'transport'" },
        { "unknown transport", new HandshakeRequest().To("EIO=4&transport=pigeon&codec=ts1"), 400, 0, "'pigeon'" },
        { "prototype name as transport", new HandshakeRequest().To("EIO=4&transport=__proto__&codec=ts1"), 400, 0, "'__proto__'" },
        { "unknown session id", new HandshakeRequest().To("EIO=4&transport=websocket&codec=ts1&sid=abc"), 400, 1, "'sid'" },
        { "wrong method", new HandshakeRequest { Method = "POST" }.Also("Content-Length", "0"), 400, 2, "'POST'" },
        { "no protocol version", new HandshakeRequest().To("transport=websocket&codec=ts1"), 400, 5, "'EIO'" },
        { "old protocol version", new HandshakeRequest().To("EIO=3&transport=websocket&codec=ts1"), 400, 5, "'3'" },
        { "foreign origin", new HandshakeRequest().Also("Origin", "https://evil.example"), 403, 4, "'Origin'" },
        { "malformed origin", new HandshakeRequest().Also("Origin", "evil"), 400, 3, "'Origin'" },
        { "no upgrade", new HandshakeRequest().Without("Upgrade").Without("Connection"), 426, 3, "'Upgrade'" },
        { "upgrade to something else", new HandshakeRequest().With("Upgrade", "h2c"), 400, 3, "'Upgrade'" },
        { "connection does not name it", new HandshakeRequest().With("Connection", "keep-alive"), 400, 3, "'Connection'" },
        { "no version", new HandshakeRequest().Without("Sec-WebSocket-Version"), 426, 3, "'Sec-WebSocket-Version'" },
        { "old version", new HandshakeRequest().With("Sec-WebSocket-Version", "8"), 426, 3, "'Sec-WebSocket-Version'" },
        { "no key", new HandshakeRequest().Without("Sec-WebSocket-Key"), 400, 3, "'Sec-WebSocket-Key'" },
        { "short key", new HandshakeRequest().With("Sec-WebSocket-Key", "AAAA"), 400, 3, "'Sec-WebSocket-Key'" },
        { "key is not base64", new HandshakeRequest().With("Sec-WebSocket-Key", "!!!!!!!!!!!!!!!!!!!!!!=="), 400, 3, "'Sec-WebSocket-Key'" },
        { "two keys", new HandshakeRequest().Also("Sec-WebSocket-Key", RawPeer.Key), 400, 3, "'Sec-WebSocket-Key'" },
        { "subprotocol that is not served", new HandshakeRequest().Also("Sec-WebSocket-Protocol", "mqtt"), 400, 3, "'Sec-WebSocket-Protocol'" },
        { "subprotocol that is no token", new HandshakeRequest().Also("Sec-WebSocket-Protocol", "a b"), 400, 3, "'Sec-WebSocket-Protocol'" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Refusals))]
    public async Task Handshake_SomethingIsWrong_IsRefusedWithASentenceThatNamesIt(string what, HandshakeRequest request, int status, int code, string named)
    {
        await using var server = await EchoServer.StartAsync();
        await using var peer = await RawPeer.DialAsync(server.Address);
        var response = await peer.RequestAsync(request);
        Assert.True(status == response.Status, $"{what}: {response.Status} {response.Body}");
        using var json = JsonDocument.Parse(response.Body);
        Assert.Equal(code, json.RootElement.GetProperty("code").GetInt32());
        Assert.Contains(named, json.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("application/json", response.Headers["Content-Type"].Single(), StringComparison.Ordinal);
        if (status == 426)
        {
            Assert.Equal("13", response.Headers["Sec-WebSocket-Version"].Single());
            Assert.Equal("websocket", response.Headers["Upgrade"].Single());
        }
    }

    [Fact]
    public async Task Handshake_EverythingIsRight_IsAcceptedAndTheOpenPacketFollows()
    {
        await using var server = await EchoServer.StartAsync();
        await using var peer = await RawPeer.DialAsync(server.Address);
        var response = await peer.RequestAsync(new HandshakeRequest());
        Assert.Equal(101, response.Status);
        // RFC 6455 §1.3 gives this key and its answer.
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", response.Headers["Sec-WebSocket-Accept"].Single());
        Assert.Equal("websocket", response.Headers["Upgrade"].Single());
        Assert.Empty(response.Headers["Sec-WebSocket-Protocol"]);
        var frame = await peer.ReadFrameAsync();
        var text = Encoding.UTF8.GetString(frame.Payload);
        Assert.Equal((0x1, '0'), (frame.Opcode, text[0]));
        using var open = JsonDocument.Parse(text[1..]);
        Assert.Equal(22, open.RootElement.GetProperty("sid").GetString()!.Length);
        Assert.Equal(0, open.RootElement.GetProperty("upgrades").GetArrayLength());
        Assert.Equal(25_000, open.RootElement.GetProperty("pingInterval").GetInt32());
        Assert.Equal(20_000, open.RootElement.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(1_000_000, open.RootElement.GetProperty("maxPayload").GetInt32());
        Assert.Equal("ts1", open.RootElement.GetProperty("codec").GetString());
    }

    [Theory]
    [InlineData("https://chat.example", "https://chat.example", 101)]
    [InlineData("https://CHAT.example", "https://chat.example", 101)]
    [InlineData("*", "https://anywhere.example", 101)]
    [InlineData("https://chat.example", "http://chat.example", 403)]
    [InlineData("https://chat.example", "https://chat.example.evil.example", 403)]
    public async Task Handshake_Origin_IsComparedWithTheAllowedOnes(string allowed, string origin, int status)
    {
        await using var server = await EchoServer.StartAsync(options => options.AllowedOrigins.Add(allowed.ToLowerInvariant()));
        await using var peer = await RawPeer.DialAsync(server.Address);
        Assert.Equal(status, (await peer.RequestAsync(new HandshakeRequest().Also("Origin", origin))).Status);
    }

    [Fact]
    public async Task Handshake_OriginIsTheServerItself_IsAccepted()
    {
        await using var server = await EchoServer.StartAsync();
        await using var peer = await RawPeer.DialAsync(server.Address);
        Assert.Equal(101, (await peer.RequestAsync(new HandshakeRequest().Also("Origin", server.Address.GetLeftPart(UriPartial.Authority)))).Status);
    }

    [Fact]
    public async Task Handshake_SubprotocolIsServed_TheServersPreferenceIsChosen()
    {
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.SubProtocols.Add("chat.v2");
            options.SubProtocols.Add("chat.v1");
        });
        await using var peer = await RawPeer.DialAsync(server.Address);
        var response = await peer.RequestAsync(new HandshakeRequest().Also("Sec-WebSocket-Protocol", "chat.v1, chat.v2"));
        Assert.Equal("chat.v2", response.Headers["Sec-WebSocket-Protocol"].Single());
    }

    [Fact]
    public async Task Handshake_AllPlacesAreTaken_IsRefusedWith503AndTheConnectionIsClosed()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxConnections = 1);
        await using var first = await RawPeer.JoinAsync(server.Address);
        await using var second = await RawPeer.DialAsync(server.Address);
        var response = await second.RequestAsync(new HandshakeRequest());
        Assert.Equal(503, response.Status);
        Assert.Equal("close", response.Headers["Connection"].Single());
        Assert.Contains("MaxConnections", response.Body, StringComparison.Ordinal);
        await second.WaitForEndOfStreamAsync();
    }
}
