using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TypedSockets.Server.Handshake;

/// <summary>
/// Which pages may talk to the server, and what browsers are told about it. WebSockets are not bound by the same-origin policy, so a server that does not look lets any page act for
/// its visitor (RFC 6455 §10.2); requests are bound by it unless the server says otherwise (Fetch, "CORS protocol").
/// </summary>
internal static class CrossOrigin
{
    private const string Any = "*";

    /// <summary>Returns why the page may not; null when it may, or the request comes from none.</summary>
    public static HandshakeFailure? Check(HttpRequest request, IList<string> allowedOrigins)
    {
        var headers = request.Headers.Origin;
        if (headers.Count == 0)
        {
            return null;
        }

        string? origin = headers;
        if (headers.Count > 1 || !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) is not { Length: > 0 } authority)
        {
            // A sandboxed page or a local file has the origin 'null'.
            return allowedOrigins.Contains(Any) && headers.Count == 1 && origin == "null"
                ? null
                : new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, "Bad request: header 'Origin' is not one origin, such as 'https://chat.example'.");
        }

        // The scheme is not compared: behind a proxy that ends TLS, the request says http and the page https.
        var isOwn = string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return isOwn || allowedOrigins.Contains(Any) || allowedOrigins.Contains(authority, StringComparer.OrdinalIgnoreCase)
            ? null
            : new HandshakeFailure(StatusCodes.Status403Forbidden, HandshakeFailure.Forbidden, $"Forbidden: header 'Origin' is '{authority}', which this server does not allow (AllowedOrigins).");
    }

    /// <summary>Tells the browser that the page may read the answer.</summary>
    public static void Allow(HttpContext context, TypedSocketServerOptions options)
    {
        var (request, response) = (context.Request.Headers, context.Response.Headers);
        if (options.AllowedOrigins.Count == 0 || response.ContainsKey(HeaderNames.AccessControlAllowOrigin))
        {
            // Nobody from elsewhere is allowed, or the application's own CORS policy has spoken.
            return;
        }

        if (options.AllowedOrigins.Contains(Any))
        {
            response.AccessControlAllowOrigin = Any;
            return;
        }

        response.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (request.Origin.Count == 1)
        {
            response.AccessControlAllowOrigin = request.Origin;
            if (options.AllowCredentials)
            {
                response.AccessControlAllowCredentials = "true";
            }
        }
    }

    /// <summary>Whether a browser asks if it may send a request (Fetch, "CORS-preflight request").</summary>
    public static bool IsPreflight(HttpRequest request, TypedSocketServerOptions options) => HttpMethods.IsOptions(request.Method) && options.AllowedOrigins.Count > 0;

    public static void AnswerPreflight(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET,POST";
        if (context.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } headers)
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AccessControlRequestHeaders);
            response.Headers.AccessControlAllowHeaders = headers;
        }
    }
}
