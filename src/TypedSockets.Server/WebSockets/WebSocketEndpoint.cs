using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;
using TypedSockets.Server.Handshake;
using TypedSockets.Server.Hijacking;

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

    /// <summary>Answers the handshake.</summary>
    /// <param name="context">The request.</param>
    /// <param name="negotiated">What the handshake agreed on.</param>
    /// <param name="options">The server's options.</param>
    /// <param name="sendsFirst">Whether packets of this end follow at once: the answer then leaves together with them, where it can.</param>
    public static async Task<AcceptedWebSocket> AcceptAsync(HttpContext context, NegotiatedWebSocket negotiated, TypedSocketServerOptions options, bool sendsFirst)
    {
        WebSocketHandshake.Accept(context, negotiated.Agreement);
        if (IsExtendedConnect(context))
        {
            Forget(context);
            return OverStream(await context.Features.Get<IHttpExtendedConnectFeature>()!.AcceptAsync(), context, negotiated, options);
        }

        // On the connection's own pipe bursts coalesce and an idle session holds less than over the stream, which is for where there is no such pipe.
        var upgrade = context.Features.Get<IHttpUpgradeFeature>()!;
        var pipe = options.WebSocketPath == WebSocketPath.Stream ? null : context.Features.Get<IConnectionTransportFeature>()?.Transport;
        if (options.WebSocketPath == WebSocketPath.Hijacked && pipe is HijackableTransport connection)
        {
            await (sendsFirst ? UpgradeHeldAsync(upgrade, connection) : upgrade.UpgradeAsync());
            return new AcceptedWebSocket(Create(connection.Inner, connection.Abort, negotiated, options), connection, null);
        }

        Forget(context);
        var stream = await upgrade.UpgradeAsync();
        return pipe is null ? OverStream(stream, context, negotiated, options) : new AcceptedWebSocket(Create(pipe, context.Abort, negotiated, options), null, null);
    }

    private static async Task UpgradeHeldAsync(IHttpUpgradeFeature upgrade, HijackableTransport connection)
    {
        connection.HoldResponse();
        try
        {
            await upgrade.UpgradeAsync();
        }
        catch
        {
            connection.ReleaseResponse();
            throw;
        }
    }

    private static AcceptedWebSocket OverStream(Stream stream, HttpContext context, NegotiatedWebSocket negotiated, TypedSocketServerOptions options)
    {
        var pipe = new StreamDuplexPipe(stream);
        return new AcceptedWebSocket(Create(pipe, context.Abort, negotiated, options), null, pipe);
    }

    // Here the request lives as long as the WebSocket. Nobody needs its headers and its query any more, and there the session's id or a token may stand.
    private static void Forget(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.RawTarget = "";
        request.QueryString = "";
        request.Headers.Clear();
    }

    private static WebSocketTransport Create(IDuplexPipe pipe, Action abort, NegotiatedWebSocket negotiated, TypedSocketServerOptions options) =>
        new(pipe, Side.Server, options.MaxPayloadBytes, options.MaxQueuedBytes, abort, negotiated, options.MaxQueuedPackets);
}
