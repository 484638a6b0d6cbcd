using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Upgrades;
using TypedSockets.Server.Authentication;
using TypedSockets.Server.Polling;
using TypedSockets.Server.Sessions;
using TypedSockets.Server.WebSockets;

namespace TypedSockets.Server.Handshake;

/// <summary>Where every request arrives: checks it, in the order in which Socket.IO's server does, and opens a session or finds the one it belongs to.</summary>
internal sealed partial class HandshakeEndpoint(SessionRegistry sessions, IConnectionFactory factory, TypedSocketServerOptions options, ILogger logger)
{
    private readonly long _maxBodyBytes = factory.MaxBodyBytes(options.MaxPayloadBytes);

    public Task HandleAsync(HttpContext context)
    {
        CrossOrigin.Allow(context, options);
        var query = HandshakeQuery.Parse(context.Request.QueryString);
        var failure = CrossOrigin.Check(context.Request, options.AllowedOrigins);
        if (failure is null && CrossOrigin.IsPreflight(context.Request, options))
        {
            CrossOrigin.AnswerPreflight(context);
            return Task.CompletedTask;
        }

        failure = query.CheckTransport(options.Transports) ?? failure;
        if (failure is not null)
        {
            return RefuseAsync(context, failure, isHandshake: query.SessionId is null);
        }

        return query.SessionId is null ? OpenAsync(context, in query) : JoinAsync(context, query);
    }

    /// <summary>A request for a new session.</summary>
    private Task OpenAsync(HttpContext context, in HandshakeQuery query)
    {
        if (CheckNew(context, query, out var negotiated) is { } failure)
        {
            return RefuseAsync(context, failure, isHandshake: true);
        }

        // A session lives in the frames of the methods that run it, so the usual way has as few of them as can be.
        return options.AllowRequest is null ? AdmitAsync(context, query, negotiated) : AskAsync(context, query, negotiated);
    }

    private HandshakeFailure? CheckNew(HttpContext context, in HandshakeQuery query, out NegotiatedWebSocket? negotiated)
    {
        negotiated = null;
        var method = WebSocketEndpoint.IsExtendedConnect(context) ? HttpMethods.Get : context.Request.Method;
        return query.CheckNew(method) ?? (query.Transport == HandshakeQuery.WebSocket ? WebSocketEndpoint.Check(context, options, out negotiated) : null);
    }

    private async Task AskAsync(HttpContext context, HandshakeQuery query, NegotiatedWebSocket? negotiated)
    {
        if (await options.AllowRequest!(context) is { } refusal)
        {
            await RefuseAsync(context, new HandshakeFailure(StatusCodes.Status403Forbidden, HandshakeFailure.Forbidden, refusal), isHandshake: true);
            return;
        }

        await AdmitAsync(context, query, negotiated);
    }

    private Task AdmitAsync(HttpContext context, in HandshakeQuery query, NegotiatedWebSocket? negotiated)
    {
        if (!query.TryGetFirst(out var first))
        {
            return RefuseAsync(context, new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, "Bad request: query parameter 'first' is not base64url."), isHandshake: true);
        }

        var client = ClientIdentity.Of(context, SessionTicket.Of(context, options));
        if (client.Ticket is { } ticket && ticket.Expires <= sessions.Time.GetUtcNow())
        {
            return RefuseAsync(context, HandshakeFailure.Expired);
        }

        if (!sessions.TryAdmit(out var refusal))
        {
            return RefuseAsync(context, refusal, isHandshake: true);
        }

        return negotiated is null ? OpenPollingAsync(context, client, query.Codec, first) : OpenWebSocketAsync(context, client, negotiated, query.Codec, query.ForcesBase64, first);
    }

    private async Task OpenWebSocketAsync(HttpContext context, ClientIdentity client, NegotiatedWebSocket negotiated, string? codec, bool forcesBase64, byte[] first)
    {
        AcceptedWebSocket accepted;
        Connection connection;
        string sessionId;
        try
        {
            accepted = await WebSocketEndpoint.AcceptAsync(context, negotiated, options, sendsFirst: true);
            connection = Create(client, forcesBase64 ? new Base64Transport(accepted.Transport) : accepted.Transport, codec, out sessionId);
        }
        catch
        {
            sessions.Release();
            throw;
        }

        await accepted.RunAsync(() => sessions.RunAsync(sessionId, connection, first));
    }

    private async Task OpenPollingAsync(HttpContext context, ClientIdentity client, string? codec, byte[] first)
    {
        var transport = new ServerPollingTransport(options.MaxQueuedBytes, options.MaxQueuedPackets);
        Connection connection;
        string sessionId;
        try
        {
            connection = Create(client, transport, codec, out sessionId);
            if (options.Cookie is { } cookie)
            {
                context.Response.Cookies.Append(cookie.Name ?? TypedSocketServerOptions.DefaultCookieName, sessionId, cookie.Build(context));
            }
        }
        catch
        {
            sessions.Release();
            throw;
        }

        // The session lives on when this request has been answered, and nothing of the request's with it.
        using (ExecutionContext.SuppressFlow())
        {
            _ = RunDetachedAsync(sessionId, connection, first);
        }

        await PollingEndpoint.GetAsync(context, transport, number: null, options);
    }

    private async Task RunDetachedAsync(string sessionId, Connection connection, byte[] first)
    {
        try
        {
            await sessions.RunAsync(sessionId, connection, first);
        }
        catch (Exception exception)
        {
            Log.SessionFailed(logger, exception);
        }
    }

    private Connection Create(ClientIdentity client, PacketTransport transport, string? codec, out string sessionId)
    {
        var connection = factory.Create(sessions, transport, client, codec, options);
        sessionId = ((IServerConnection)connection).SessionId;
        return connection;
    }

    /// <summary>A request of a session that is open already.</summary>
    private async Task JoinAsync(HttpContext context, HandshakeQuery query)
    {
        if (query.CheckVersion() is { } failure)
        {
            await RefuseAsync(context, failure);
        }
        else if (!TryFind(context, query.SessionId!, out var connection))
        {
            await RefuseAsync(context, HandshakeFailure.UnknownSession);
        }
        else if (query.Transport == HandshakeQuery.WebSocket && connection.Reason is null)
        {
            await UpgradeAsync(context, query, connection);
        }
        else if (query.Transport == HandshakeQuery.WebSocket)
        {
            await RefuseAsync(context, HandshakeFailure.UnknownSession);
        }
        else if (connection.Transport is ServerPollingTransport polling)
        {
            await PollingEndpoint.HandleAsync(context, polling, query, options, _maxBodyBytes);
        }
        else
        {
            await RefuseAsync(context, HandshakeFailure.OtherTransport);
        }
    }

    private async Task UpgradeAsync(HttpContext context, HandshakeQuery query, Connection connection)
    {
        // A proxy that strips the upgrade must not be taken for a GET that fetches packets.
        NegotiatedWebSocket? negotiated = null;
        var failure = WebSocketEndpoint.IsAskedFor(context) ? WebSocketEndpoint.Check(context, options, out negotiated) : HandshakeFailure.OtherTransport;
        if (failure is not null)
        {
            await RefuseAsync(context, failure);
            return;
        }

        var accepted = await WebSocketEndpoint.AcceptAsync(context, negotiated!, options, sendsFirst: false);
        PacketTransport next = query.ForcesBase64 ? new Base64Transport(accepted.Transport) : accepted.Transport;
        var probe = new ServerProbe(connection, next, options.UpgradeTimeout, options.CloseTimeout);
        await accepted.RunAsync(() => ProbeAsync(connection, probe));
    }

    private async Task ProbeAsync(Connection connection, ServerProbe probe)
    {
        if (!options.AllowUpgrade || !connection.TryBeginUpgrade(probe))
        {
            // Clients listen for the close of a WebSocket, not for a handshake that fails.
            await probe.RefuseAsync();
        }
        else if (await probe.RunAsync())
        {
            await connection.Completion;
        }
    }

    private bool TryFind(HttpContext context, string sessionId, [NotNullWhen(true)] out Connection? connection)
    {
        if (!sessions.TryFind(sessionId, out connection) || ((IServerConnection)connection).Client.UserId != ClientIdentity.Of(context).UserId)
        {
            return false;
        }

        connection.CatchUp();
        return true;
    }

    private Task RefuseAsync(HttpContext context, HandshakeFailure failure, bool isHandshake = false)
    {
        Log.Refused(logger, failure.Status, failure.Message);
        // Whoever comes with a session that is not here has to shake hands again, wherever the session is.
        if (isHandshake || failure == HandshakeFailure.UnknownSession)
        {
            sessions.Instruments.HandshakeFailed(failure.ErrorType, failure.Status);
        }

        WebSocketHandshake.Refuse(context.Response, failure);
        return failure.WriteAsync(context.Response);
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Debug, "A request was refused with {Status}: {Message}")]
        public static partial void Refused(ILogger logger, int status, string message);

        [LoggerMessage(21, LogLevel.Error, "A session on HTTP long-polling met an unexpected fault.")]
        public static partial void SessionFailed(ILogger logger, Exception exception);
    }
}
