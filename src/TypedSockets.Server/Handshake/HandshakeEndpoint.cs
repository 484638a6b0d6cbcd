using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;
using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server.Handshake;

/// <summary>Where every session begins: checks the request, upgrades it, and runs the session until it ends.</summary>
internal sealed partial class HandshakeEndpoint(SessionRegistry sessions, NamespaceRegistry namespaces, IOptions<TypedSocketServerOptions> options, ILogger<HandshakeEndpoint> logger)
{
    public Task HandleAsync(HttpContext context)
    {
        var settings = options.Value;
        NegotiatedWebSocket? negotiated = null;
        var failure = EngineHandshake.Check(context.Request)
            ?? OriginPolicy.Check(context.Request, settings.AllowedOrigins)
            ?? WebSocketHandshake.Check(context.Request, settings, out negotiated);
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (failure is null && upgrade is not { IsUpgradableRequest: true })
        {
            failure = new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, $"Bad request: a request over {context.Request.Protocol} cannot be upgraded here; use HTTP/1.1.");
        }

        if (failure is null && !sessions.TryAdmit(out failure))
        {
            context.Response.Headers.Connection = "close";
        }

        return failure is null ? ServeAsync(context, upgrade!, negotiated!, settings) : RefuseAsync(context, failure);
    }

    private async Task ServeAsync(HttpContext context, IHttpUpgradeFeature upgrade, NegotiatedWebSocket negotiated, TypedSocketServerOptions settings)
    {
        try
        {
            WebSocketHandshake.Accept(context, negotiated.Agreement);
            var stream = await upgrade.UpgradeAsync();
            // On the connection's own pipe bursts coalesce and an idle session holds less than over the stream, which is for where there is no such pipe.
            var pipe = settings.UseConnectionPipe ? context.Features.Get<IConnectionTransportFeature>()?.Transport : null;
            await (pipe is null ? ServeOnStreamAsync(context, stream, negotiated, settings) : RunAsync(context, pipe, negotiated, settings));
        }
        finally
        {
            sessions.Release();
        }
    }

    private async Task ServeOnStreamAsync(HttpContext context, Stream stream, NegotiatedWebSocket negotiated, TypedSocketServerOptions settings)
    {
        await using var pipe = new StreamDuplexPipe(stream);
        await RunAsync(context, pipe, negotiated, settings);
    }

    private Task RunAsync(HttpContext context, IDuplexPipe pipe, NegotiatedWebSocket negotiated, TypedSocketServerOptions settings)
    {
        var transport = new WebSocketTransport(pipe, Side.Server, settings.MaxPayloadBytes, settings.MaxQueuedBytes, context.Abort, negotiated);
        return sessions.RunAsync(new ServerConnection(sessions, namespaces, transport, ClientIdentity.Of(context), settings));
    }

    private async Task RefuseAsync(HttpContext context, HandshakeFailure failure)
    {
        Log.Refused(logger, failure.Status, failure.Message);
        var response = context.Response;
        response.StatusCode = failure.Status;
        response.ContentType = "application/json";
        WebSocketHandshake.Refuse(response, failure);
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("code"u8, failure.Code);
        json.WriteString("message"u8, failure.Message);
        json.WriteEndObject();
        await json.FlushAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A handshake was refused with {Status}: {Message}")]
        public static partial void Refused(ILogger logger, int status, string message);
    }
}
