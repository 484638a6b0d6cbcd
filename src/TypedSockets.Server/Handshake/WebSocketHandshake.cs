using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Server.Handshake;

/// <summary>The server's half of the WebSocket handshake over HTTP/1.1 (RFC 6455 §4.2).</summary>
internal static class WebSocketHandshake
{
    private const string Version = "13";
    private const string Protocol = "websocket";

    /// <summary>Checks the request (RFC 6455 §4.2.1). Returns what is wrong; null when nothing is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The subprotocols that are served, and whether messages may be compressed.</param>
    /// <param name="negotiated">What both ends agree on; null when something is wrong.</param>
    public static HandshakeFailure? Check(HttpRequest request, TypedSocketServerOptions options, out NegotiatedWebSocket? negotiated)
    {
        negotiated = null;
        var headers = request.Headers;
        if (headers.Upgrade.Count == 0)
        {
            return Fail(StatusCodes.Status426UpgradeRequired, $"header 'Upgrade' is missing; a WebSocket is opened with 'Upgrade: {Protocol}'.");
        }

        if (!Contains(headers.Upgrade, Protocol))
        {
            return Fail(StatusCodes.Status400BadRequest, $"header 'Upgrade' does not name '{Protocol}' (RFC 6455 §4.2.1).");
        }

        if (!Contains(headers.Connection, "upgrade"))
        {
            return Fail(StatusCodes.Status400BadRequest, "header 'Connection' does not name 'Upgrade' (RFC 6455 §4.2.1).");
        }

        if (headers.SecWebSocketVersion.Count != 1 || headers.SecWebSocketVersion != Version)
        {
            return Fail(StatusCodes.Status426UpgradeRequired, $"header 'Sec-WebSocket-Version' is not '{Version}', the one version there is (RFC 6455 §4.4).");
        }

        if (headers.SecWebSocketKey.Count != 1 || !WebSocketKey.IsValid(headers.SecWebSocketKey.ToString()))
        {
            return Fail(StatusCodes.Status400BadRequest, "header 'Sec-WebSocket-Key' is not base64 of 16 bytes (RFC 6455 §4.2.1).");
        }

        return CheckAgreement(headers, options, out negotiated);
    }

    /// <summary>Checks an extended CONNECT, which has none of the headers that an upgrade proves itself with (RFC 8441 §5).</summary>
    /// <inheritdoc cref="Check"/>
    public static HandshakeFailure? CheckExtendedConnect(HttpRequest request, TypedSocketServerOptions options, out NegotiatedWebSocket? negotiated)
    {
        negotiated = null;
        var version = request.Headers.SecWebSocketVersion;
        return version.Count == 1 && version == Version
            ? CheckAgreement(request.Headers, options, out negotiated)
            : Fail(StatusCodes.Status400BadRequest, $"header 'Sec-WebSocket-Version' is not '{Version}', the one version there is (RFC 6455 §4.4).");
    }

    /// <summary>Sets the headers of the answer that upgrades (RFC 6455 §4.2.2).</summary>
    public static void Accept(HttpContext context, WebSocketAgreement agreement)
    {
        var headers = context.Response.Headers;
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            headers.Upgrade = Protocol;
            headers.SecWebSocketAccept = WebSocketKey.Accept(context.Request.Headers.SecWebSocketKey.ToString());
        }

        if (agreement.SubProtocol is not null)
        {
            headers.SecWebSocketProtocol = agreement.SubProtocol;
        }

        if (agreement.Extensions is not null)
        {
            headers.SecWebSocketExtensions = agreement.Extensions;
        }
    }

    /// <summary>Sets what a refusal tells about how to do better.</summary>
    public static void Refuse(HttpResponse response, HandshakeFailure failure)
    {
        if (failure.Status == StatusCodes.Status426UpgradeRequired)
        {
            response.Headers.Upgrade = Protocol;
            response.Headers.SecWebSocketVersion = Version;
        }
    }

    private static HandshakeFailure? CheckAgreement(IHeaderDictionary headers, TypedSocketServerOptions options, out NegotiatedWebSocket? negotiated)
    {
        negotiated = null;
        return CheckSubProtocol(headers.SecWebSocketProtocol, options.SubProtocols, out var subProtocol)
            ?? CheckExtensions(headers.SecWebSocketExtensions, options.WebSocketCompression, subProtocol, out negotiated);
    }

    private static HandshakeFailure? CheckSubProtocol(StringValues header, IList<string> served, out string? subProtocol)
    {
        subProtocol = null;
        if (header.Count == 0)
        {
            return null;
        }

        var offered = header.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (!offered.TrueForAll(name => HttpToken.IsValid(name)))
        {
            return Fail(StatusCodes.Status400BadRequest, "header 'Sec-WebSocket-Protocol' is not a list of tokens (RFC 6455 §4.1).");
        }

        subProtocol = served.FirstOrDefault(offered.Contains);
        return subProtocol is not null
            ? null
            : Fail(StatusCodes.Status400BadRequest, $"header 'Sec-WebSocket-Protocol' names no subprotocol that is served; served are: {(served.Count == 0 ? "none" : string.Join(", ", served))} (SubProtocols).");
    }

    // Extensions that are not known are let be (RFC 6455 §9.1); without compression all are.
    private static HandshakeFailure? CheckExtensions(StringValues header, WebSocketCompressionOptions? compression, string? subProtocol, out NegotiatedWebSocket? negotiated)
    {
        negotiated = null;
        List<WebSocketExtension>? offers = [];
        if (header.Count > 0 && (offers = WebSocketExtension.Parse(header)) is null)
        {
            return Fail(StatusCodes.Status400BadRequest, "header 'Sec-WebSocket-Extensions' is not a list of extensions (RFC 6455 §9.1).");
        }

        string? extensions = null;
        var deflate = compression is null ? null : DeflateNegotiation.Accept(offers, compression, out extensions);
        negotiated = NegotiatedWebSocket.Create(subProtocol, extensions, deflate);
        return null;
    }

    private static bool Contains(StringValues header, string token) =>
        header.Any(value => value is not null && value.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase));

    private static HandshakeFailure Fail(int status, string message) => new(status, HandshakeFailure.BadRequest, $"Bad request: {message}");
}
