using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using TypedSockets.Protocol.Framing.Deflate;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;

namespace TypedSockets.Client.Transports.WebSocket;

/// <summary>The client's half of the WebSocket handshake over HTTP/1.1 (RFC 6455 §4.1), through an <see cref="HttpMessageInvoker"/>, which brings TLS, proxies and cookies.</summary>
[UnsupportedOSPlatform("browser")]
internal sealed class UpgradeDialer : ITransportDialer
{
    private const string Protocol = "websocket";
    private const int MaxErrorBytes = 4096;
    private const string SubProtocolHeader = "Sec-WebSocket-Protocol";
    private const string ExtensionsHeader = "Sec-WebSocket-Extensions";

    private readonly Uri _address;
    private readonly TypedSocketOptions _options;
    private readonly HttpMessageInvoker _invoker;

    public UpgradeDialer(Uri address, TypedSocketOptions options)
    {
        _address = address;
        _options = options;
        _invoker = options.HttpInvoker ?? new HttpMessageInvoker(new SocketsHttpHandler());
    }

    public void Dispose()
    {
        if (_options.HttpInvoker is null)
        {
            _invoker.Dispose();
        }
    }

    public async Task<DialedTransport> DialAsync(CancellationToken cancellationToken)
    {
        var key = WebSocketKey.Create();
        using var request = CreateRequest(key);
        HttpResponseMessage response;
        try
        {
            response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new DisconnectedException(new TransportError($"'{_address.GetLeftPart(UriPartial.Authority)}' cannot be reached: {exception.Message}", exception));
        }

        try
        {
            await CheckAsync(response, key, cancellationToken).ConfigureAwait(false);
            var deflate = CheckExtensions(response, out var extensions);
            var negotiated = NegotiatedWebSocket.Create(CheckSubProtocol(response), extensions, deflate);
            var pipe = new StreamDuplexPipe(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            return new DialedTransport(new WebSocketTransport(pipe, Side.Client, _options.MaxPayloadBytes, _options.MaxQueuedBytes, pipe.Abort, negotiated), pipe);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private HttpRequestMessage CreateRequest(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd(Protocol);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
        if (_options.SubProtocols.Count > 0)
        {
            request.Headers.TryAddWithoutValidation(SubProtocolHeader, string.Join(", ", _options.SubProtocols));
        }

        if (_options.WebSocketCompression is { } compression)
        {
            request.Headers.TryAddWithoutValidation(ExtensionsHeader, DeflateNegotiation.Offer(compression));
        }

        foreach (var (name, value) in _options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>Checks the answer (RFC 6455 §4.1, the client's validation).</summary>
    private static async Task CheckAsync(HttpResponseMessage response, string key, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not HttpStatusCode.SwitchingProtocols)
        {
            throw new DisconnectedException(new HandshakeRejected((int)response.StatusCode, await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false)));
        }

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
        return _options.SubProtocols.Contains(chosen) ? chosen : throw Invalid(SubProtocolHeader, "chooses what was not offered");
    }

    /// <summary>Returns how messages are compressed, and the extensions as the server named them; null when it chose none.</summary>
    private DeflateTerms? CheckExtensions(HttpResponseMessage response, out string? extensions)
    {
        extensions = null;
        if (!response.Headers.TryGetValues(ExtensionsHeader, out var values))
        {
            return null;
        }

        if (_options.WebSocketCompression is not { } compression)
        {
            throw Invalid(ExtensionsHeader, "chooses what was not offered");
        }

        extensions = string.Join(", ", values);
        var (terms, violation) = DeflateNegotiation.Check(values, compression);
        return violation is null ? terms : throw Invalid(ExtensionsHeader, violation);
    }

    private static DisconnectedException Invalid(string header, string what) => new(new TransportError($"The server's handshake is not valid: header '{header}' {what} (RFC 6455 §4.1)."));

    /// <summary>What the server says about its refusal: the message of an Engine.IO error, or else the status's own words.</summary>
    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[MaxErrorBytes];
            var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(buffer.AsMemory(0, count));
            return json.RootElement.GetProperty("message"u8).GetString() ?? response.ReasonPhrase ?? "";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or HttpRequestException)
        {
            // Not an Engine.IO server's answer.
            return response.ReasonPhrase ?? "no reason given";
        }
    }
}
