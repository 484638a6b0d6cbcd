using System.Text.Json;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>What a server answers to offers of extensions and subprotocols (RFC 6455 §4.2.2 and §9.1, RFC 7692 §7.1).</summary>
public sealed class ServerNegotiationTests
{
    private const string Extensions = "Sec-WebSocket-Extensions";

    [Theory]
    [InlineData(true, "permessage-deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData(true, "permessage-deflate; server_max_window_bits=10, permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData(true, "permessage-deflate; server_max_window_bits=10", null)]
    [InlineData(true, "x-webkit-deflate-frame", null)]
    [InlineData(false, "permessage-deflate; client_max_window_bits", null)]
    public async Task Offer_IsAnsweredWithWhatIsAgreedOn_OrNothing(bool compresses, string offer, string? answer)
    {
        await using var server = await EchoServer.StartAsync(options => options.WebSocketCompression = compresses ? new WebSocketCompressionOptions() : null);
        await using var peer = await RawPeer.DialAsync(server.Address);
        var response = await peer.RequestAsync(new HandshakeRequest().Also(Extensions, offer));
        Assert.Equal(101, response.Status);
        Assert.Equal(answer, response.Headers[Extensions].SingleOrDefault());
    }

    [Fact]
    public async Task Offers_InSeveralHeaders_AreOneList()
    {
        await using var server = await EchoServer.StartAsync(options => options.WebSocketCompression = new WebSocketCompressionOptions());
        await using var peer = await RawPeer.DialAsync(server.Address);
        var response = await peer.RequestAsync(new HandshakeRequest().Also(Extensions, "unknown; a=b").Also(Extensions, "permessage-deflate"));
        Assert.Equal("permessage-deflate", response.Headers[Extensions].Single());
    }

    [Theory]
    [InlineData(true, "permessage-deflate;")]
    [InlineData(true, "permessage-deflate; a=\"")]
    [InlineData(false, "permessage deflate")]
    [InlineData(false, ",")]
    public async Task Header_ThatIsNoList_IsRefusedWithASentenceThatNamesIt(bool compresses, string offer)
    {
        await using var server = await EchoServer.StartAsync(options => options.WebSocketCompression = compresses ? new WebSocketCompressionOptions() : null);
        await using var peer = await RawPeer.DialAsync(server.Address);
        var response = await peer.RequestAsync(new HandshakeRequest().Also(Extensions, offer));
        Assert.Equal(400, response.Status);
        using var json = JsonDocument.Parse(response.Body);
        Assert.Equal(3, json.RootElement.GetProperty("code").GetInt32());
        Assert.Contains($"'{Extensions}'", json.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Whoever did not negotiate it may not send a compressed message, whatever the server could do.</summary>
    [Fact]
    public async Task CompressedMessage_WithoutAnAgreement_IsAParseError()
    {
        await using var server = await EchoServer.StartAsync(options => options.WebSocketCompression = new WebSocketCompressionOptions());
        await using var peer = await RawPeer.JoinAsync(server.Address);
        await peer.SendAsync(RawPeer.Frame(0xc2, [0x00], isMasked: true));
        Assert.Equal((1002, (int)DisconnectCode.ParseError), await peer.ReadEndAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("comma,")]
    public async Task SubProtocol_ThatIsNoToken_IsRefusedWhenTheServerStarts(string name)
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => EchoServer.StartAsync(options => options.SubProtocols.Add(name)));
        Assert.Contains($"SubProtocols contains '{name}'", failure.Message, StringComparison.Ordinal);
    }
}
