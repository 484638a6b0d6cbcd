using System.Net;
using System.Runtime.Versioning;
using TypedSockets.Protocol.Framing.Deflate;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;

namespace TypedSockets.Client.Transports.WebSocket;

/// <summary>The client's half of the WebSocket handshake over HTTP/1.1 (RFC 6455 §4.1) or HTTP/2 (RFC 8441), with framing of our own.</summary>
[UnsupportedOSPlatform("browser")]
internal sealed class UpgradeDialer(HandshakeClient client, TypedSocketOptions options) : ITransportDialer
{
    private const string Protocol = "websocket";
    private const string SubProtocolHeader = "Sec-WebSocket-Protocol";
    private const string ExtensionsHeader = "Sec-WebSocket-Extensions";

    public TransportKind Kind => TransportKind.WebSocket;

    public async Task<DialedTransport> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        var key = WebSocketKey.Create();
        using var message = options.HttpVersion == HttpVersion.Version11 ? CreateUpgrade(request, key) : CreateExtendedConnect(request);
        var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckStatusAsync(response, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.SwitchingProtocols)
            {
                CheckUpgrade(response, key);
            }

            var deflate = CheckExtensions(response, out var extensions);
            var negotiated = NegotiatedWebSocket.Create(CheckSubProtocol(response), extensions, deflate);
            var pipe = new StreamDuplexPipe(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            return new DialedTransport(new WebSocketTransport(pipe, Side.Client, options.MaxPayloadBytes, options.MaxQueuedBytes, pipe.Abort, negotiated, options.MaxQueuedPackets), pipe);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private HttpRequestMessage CreateUpgrade(DialRequest dial, string key)
    {
        var request = CreateRequest(HttpMethod.Get, dial);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd(Protocol);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
        return request;
    }

    // RFC 8441 §4 and §5: the stream itself becomes the WebSocket, and there is no key to prove anything with.
    private HttpRequestMessage CreateExtendedConnect(DialRequest dial)
    {
        var request = CreateRequest(HttpMethod.Connect, dial);
        request.Headers.Protocol = Protocol;
        return request;
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, DialRequest dial)
    {
        var request = client.CreateRequest(method, Kind, dial);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        if (options.SubProtocols.Count > 0)
        {
            request.Headers.TryAddWithoutValidation(SubProtocolHeader, string.Join(", ", options.SubProtocols));
        }

        if (options.WebSocketCompression is { } compression)
        {
            request.Headers.TryAddWithoutValidation(ExtensionsHeader, DeflateNegotiation.Offer(compression));
        }

        return request;
    }

    private async Task CheckStatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // RFC 8441 §5: an extended CONNECT is accepted with 200.
        var accepted = options.HttpVersion == HttpVersion.Version11 ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.OK;
        if (response.StatusCode != accepted)
        {
            throw new DisconnectedException(await HandshakeClient.ReadRefusalAsync(response, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Checks the answer (RFC 6455 §4.1, the client's validation).</summary>
    private static void CheckUpgrade(HttpResponseMessage response, string key)
    {
        if (!response.Headers.Upgrade.Any(product => string.Equals(product.Name, Protocol, StringComparison.OrdinalIgnoreCase)))
        {
            throw Invalid("Upgrade", $"does not name '{Protocol}'");
        }

        if (!response.Headers.Connection.Contains("Upgrade", StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid("Connection", "does not name 'Upgrade'");
        }

        if (!response.Headers.TryGetValues("Sec-WebSocket-Accept", out var accepts) || !accepts.SequenceEqual([WebSocketKey.Accept(key)]))
        {
            throw Invalid("Sec-WebSocket-Accept", "does not answer this handshake's key");
        }
    }

    /// <summary>Returns the subprotocol that the server chose; null when it chose none.</summary>
    private string? CheckSubProtocol(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(SubProtocolHeader, out var values))
        {
            return null;
        }

        var chosen = string.Join(',', values);
        return options.SubProtocols.Contains(chosen) ? chosen : throw Invalid(SubProtocolHeader, "chooses what was not offered");
    }

    /// <summary>Returns how messages are compressed, and the extensions as the server named them; null when it chose none.</summary>
    private DeflateTerms? CheckExtensions(HttpResponseMessage response, out string? extensions)
    {
        extensions = null;
        if (!response.Headers.TryGetValues(ExtensionsHeader, out var values))
        {
            return null;
        }

        if (options.WebSocketCompression is not { } compression)
        {
            throw Invalid(ExtensionsHeader, "chooses what was not offered");
        }

        extensions = string.Join(", ", values);
        var (terms, violation) = DeflateNegotiation.Check(values, compression);
        return violation is null ? terms : throw Invalid(ExtensionsHeader, violation);
    }

    private static DisconnectedException Invalid(string header, string what) => new(new TransportError($"The server's handshake is not valid: header '{header}' {what} (RFC 6455 §4.1)."));
}
