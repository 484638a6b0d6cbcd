using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.Polling;

/// <summary>The requests of a session on HTTP long-polling (Engine.IO 4, "HTTP long-polling").</summary>
internal static class PollingEndpoint
{
    private const string BinaryType = "application/octet-stream";

    private static readonly byte[] s_ok = "ok"u8.ToArray();

    public static Task HandleAsync(HttpContext context, ServerPollingTransport transport, in HandshakeQuery query, TypedSocketServerOptions options, long maxBodyBytes)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            return HandshakeQuery.TryGetNumber(query.Get, out var number) ? GetAsync(context, transport, number, options) : RefuseNumberAsync(context, "get");
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            return PostAsync(context, transport, query, maxBodyBytes);
        }

        context.Response.Headers.Allow = "GET, POST";
        return new HandshakeFailure(StatusCodes.Status405MethodNotAllowed, HandshakeFailure.BadMethod, $"Method not allowed: a session takes GET and POST, not '{context.Request.Method}'.").WriteAsync(context.Response);
    }

    /// <summary>Answers a GET, which may wait for long; no thread waits with it.</summary>
    public static async Task GetAsync(HttpContext context, ServerPollingTransport transport, long? number, TypedSocketServerOptions options)
    {
        var (answer, payload) = await transport.GetAsync(number, context.RequestAborted);
        switch (answer)
        {
            case PollingAnswer.Packets or PollingAnswer.Noop or PollingAnswer.Close:
                await WriteAsync(context, transport, payload, options);
                break;
            case PollingAnswer.Overlap:
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                break;
            default:
                await RefuseAsync(context, answer);
                break;
        }
    }

    private static async Task PostAsync(HttpContext context, ServerPollingTransport transport, HandshakeQuery query, long maxBodyBytes)
    {
        if (!HandshakeQuery.TryGetNumber(query.Post, out var number))
        {
            await RefuseNumberAsync(context, "post");
            return;
        }

        var answer = transport.Post(number, context.Abort);
        if (answer is PollingAnswer.Take)
        {
            answer = await TakeAsync(context, transport, maxBodyBytes);
        }
        else if (answer is PollingAnswer.Join)
        {
            answer = await transport.JoinAsync();
        }

        switch (answer)
        {
            case PollingAnswer.Ok:
                var response = context.Response;
                response.ContentType = "text/html";
                response.ContentLength = s_ok.Length;
                response.Headers.CacheControl = "no-store";
                await response.Body.WriteAsync(s_ok, context.RequestAborted);
                break;
            case PollingAnswer.Overlap:
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                break;
            case PollingAnswer.TooLarge:
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                break;
            case PollingAnswer.Reset:
                context.Abort();
                break;
            case PollingAnswer.Hold:
                // The answer has been set already.
                break;
            default:
                await RefuseAsync(context, answer);
                break;
        }
    }

    /// <summary>Reads the body and hands it on. Returns <see cref="PollingAnswer.Hold"/> when it has answered the request itself.</summary>
    private static async Task<PollingAnswer> TakeAsync(HttpContext context, ServerPollingTransport transport, long maxBodyBytes)
    {
        if (context.Request.ContentType?.StartsWith(BinaryType, StringComparison.OrdinalIgnoreCase) is true)
        {
            transport.InvalidatePost($"A POST had the content type '{BinaryType}'; packets are text.");
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return PollingAnswer.Hold;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // This endpoint has its own limit, and answers for it.
            limit.MaxRequestBodySize = null;
        }

        using var body = new PollingBody(maxBodyBytes);
        try
        {
            if (!await body.TryReadAsync(context.Request, context.RequestAborted))
            {
                return transport.RefusePost();
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
        {
            transport.AbortPost();
            return PollingAnswer.Reset;
        }

        return await transport.HandOnAsync(body.Memory);
    }

    private static async Task WriteAsync(HttpContext context, ServerPollingTransport transport, ReadOnlyMemory<byte> payload, TypedSocketServerOptions options)
    {
        var response = context.Response;
        response.ContentType = "text/plain; charset=UTF-8";
        response.Headers.CacheControl = "no-store";
        try
        {
            payload = PollingCompression.Compress(context, payload, options.HttpCompressionThreshold);
            response.ContentLength = payload.Length;
            await response.Body.WriteAsync(payload, context.RequestAborted);
            if (context.RequestAborted.IsCancellationRequested)
            {
                transport.LoseGet();
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            transport.LoseGet();
        }
    }

    private static Task RefuseNumberAsync(HttpContext context, string parameter) =>
        new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, $"Bad request: query parameter '{parameter}' is not a number.").WriteAsync(context.Response);

    private static Task RefuseAsync(HttpContext context, PollingAnswer answer) =>
        (answer is PollingAnswer.Moved ? HandshakeFailure.OtherTransport : HandshakeFailure.UnknownSession).WriteAsync(context.Response);
}
