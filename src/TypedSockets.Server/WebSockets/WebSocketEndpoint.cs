using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.WebSockets;

/// <summary>Turns a request into a WebSocket: over HTTP/1.1 by an upgrade (RFC 6455 §4), over HTTP/2 by an extended CONNECT (RFC 8441).</summary>
internal static class WebSocketEndpoint
{
    /// <summary>Checks the request. Returns what is wrong; null when nothing is.</summary>
    public static HandshakeFailure? Check(HttpContext context, TypedSocketServerOptions options, out NegotiatedWebSocket? negotiated)
    {
        if (IsExtendedConnect(context))
        {
            return WebSocketHandshake.CheckExtendedConnect(context.Request, options, out negotiated);
        }

        if (WebSocketHandshake.Check(context.Request, options, out negotiated) is { } failure)
        {
            return failure;
        }

        return context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            ? null
            : new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, $"Bad request: a request over {context.Request.Protocol} cannot be upgraded here; use HTTP/1.1, or an extended CONNECT over HTTP/2.");
    }

    /// <summary>Whether the request asks for a WebSocket at all.</summary>
    public static bool IsAskedFor(HttpContext context) => context.Request.Headers.Upgrade.Count > 0 || IsExtendedConnect(context);

    public static bool IsExtendedConnect(HttpContext context) => context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    /// <summary>Accepts the WebSocket. The stream, where there is one, is disposed by the caller when the transport has ended.</summary>
    public static async Task<(WebSocketTransport Transport, StreamDuplexPipe? Stream)> AcceptAsync(HttpContext context, NegotiatedWebSocket negotiated, TypedSocketServerOptions options)
    {
        WebSocketHandshake.Accept(context, negotiated.Agreement);
        Forget(context);
        Stream stream;
        if (IsExtendedConnect(context))
        {
            stream = await context.Features.Get<IHttpExtendedConnectFeature>()!.AcceptAsync();
        }
        else
        {
            stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
            // On the connection's own pipe bursts coalesce and an idle session holds less than over the stream, which is for where there is no such pipe.
            if (options.UseConnectionPipe && context.Features.Get<IConnectionTransportFeature>()?.Transport is { } pipe)
            {
                return (Create(pipe, context, negotiated, options), null);
            }
        }

        var streamPipe = new StreamDuplexPipe(stream);
        return (Create(streamPipe, context, negotiated, options), streamPipe);
    }

    // The request lives as long as the WebSocket. Nobody needs its headers and its query any more, and there the session's id or a token may stand.
    private static void Forget(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.RawTarget = "";
        request.QueryString = "";
        request.Headers.Clear();
    }

    private static WebSocketTransport Create(IDuplexPipe pipe, HttpContext context, NegotiatedWebSocket negotiated, TypedSocketServerOptions options) =>
        new(pipe, Side.Server, options.MaxPayloadBytes, options.MaxQueuedBytes, context.Abort, negotiated);
}
