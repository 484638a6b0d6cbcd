using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using TypedSockets.Client;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>How strictly a client checks what a server answers (RFC 6455 §4.1, RFC 7692 §7.1), against a server of bytes.</summary>
public sealed class ClientNegotiationTests
{
    private const string Extensions = "Sec-WebSocket-Extensions";
    private const string SubProtocol = "Sec-WebSocket-Protocol";

    private static readonly TypedSocketOptions s_plain = new();
    private static readonly TypedSocketOptions s_asking = new()
    {
        SubProtocols = ["chat.v2", "chat.v1"],
        WebSocketCompression = new WebSocketCompressionOptions { ServerContextTakeover = false },
    };

    /// <summary>The client's options, the headers of the answer, and the header that the failure names.</summary>
    public static TheoryData<TypedSocketOptions, string, string> Violations { get; } = new()
    {
        { s_plain, $"{Extensions}: permessage-deflate", Extensions },
        { s_plain, $"{SubProtocol}: chat.v1", SubProtocol },
        { s_asking, $"{SubProtocol}: chat.v3", SubProtocol },
        { s_asking, $"{SubProtocol}: Chat.v1", SubProtocol },
        { s_asking, $"{SubProtocol}: chat.v2, chat.v1", SubProtocol },
        { s_asking, $"{SubProtocol}: chat.v2\r\n{SubProtocol}: chat.v1", SubProtocol },
        { s_asking, $"{Extensions}: permessage-deflate", Extensions },
        { s_asking, $"{Extensions}: permessage-deflate; server_no_context_takeover; client_max_window_bits=15", Extensions },
        { s_asking, $"{Extensions}: permessage-deflate; server_no_context_takeover; server_no_context_takeover", Extensions },
        { s_asking, $"{Extensions}: permessage-deflate; server_no_context_takeover, x-webkit-deflate-frame", Extensions },
        { s_asking, $"{Extensions}: permessage-deflate; server_no_context_takeover\r\n{Extensions}: permessage-deflate; server_no_context_takeover", Extensions },
        { s_asking, $"{Extensions}: x-webkit-deflate-frame", Extensions },
        { s_asking, $"{Extensions}: ;", Extensions },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Violations))]
    public async Task Answer_ThatWasNotOffered_FailsAndNamesTheHeader(TypedSocketOptions options, string headers, string named)
    {
        var failure = await Assert.ThrowsAsync<DisconnectedException>(() => DialAsync(options, headers));
        Assert.Contains($"'{named}'", Assert.IsType<TransportError>(failure.Reason).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatWasOffered_IsTheAgreement()
    {
        var (agreement, request) = await DialAsync(s_asking, $"{SubProtocol}: chat.v1\r\n{Extensions}: permessage-deflate; server_no_context_takeover");
        Assert.Equal(new WebSocketAgreement("chat.v1", "permessage-deflate; server_no_context_takeover"), agreement);
        Assert.Contains($"\r\n{SubProtocol}: chat.v2, chat.v1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"\r\n{Extensions}: permessage-deflate; server_no_context_takeover\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatChoosesNothing_IsAPlainWebSocket()
    {
        var (agreement, _) = await DialAsync(s_asking, "X-Nothing: chosen");
        Assert.Equal(WebSocketAgreement.Plain, agreement);
    }

    [Fact]
    public async Task Client_ThatOffersNothing_SendsNeitherHeader()
    {
        var (agreement, request) = await DialAsync(s_plain, "X-Nothing: chosen");
        Assert.Equal(WebSocketAgreement.Plain, agreement);
        Assert.DoesNotContain(Extensions, request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SubProtocol, request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    [InlineData("twice", "twice")]
    public void SubProtocols_ThatAreNotTokensEachOnce_AreRefusedWhereTheyAreSet(params string[] names) =>
        Assert.Contains("SubProtocols", Assert.Throws<ArgumentException>(() => new TypedSocketOptions { SubProtocols = names }).Message, StringComparison.Ordinal);

    /// <summary>Dials a server that answers with these headers. Returns what was agreed on, and the request.</summary>
    private static async Task<(WebSocketAgreement? Agreement, string Request)> DialAsync(TypedSocketOptions options, string headers)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dialing = DialedPeer.DialAsync(new Uri($"http://{listener.LocalEndpoint}/"), options);
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var request = await ReadHeadAsync(stream);
        var key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase)).Split(": ")[1];
#pragma warning disable CA5350 // RFC 6455 §1.3 wants it so; it protects nothing.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n{headers}\r\n\r\n"));
        await using var peer = await dialing;
        peer.Transport.Abort();
        await peer.Transport.FinishAsync();
        return (peer.Transport.Agreement, request);
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(octet);
            head.Append((char)octet[0]);
        }

        return head.ToString();
    }
}
