using Microsoft.AspNetCore.Http;

namespace TypedSockets.Server.Handshake;

/// <summary>
/// Whether the page that a browser connects from may do so. WebSockets are not bound by the same-origin policy, so a server that does not look lets any page act for its visitor
/// (RFC 6455 §10.2).
/// </summary>
internal static class OriginPolicy
{
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
            return new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, "Bad request: header 'Origin' is not one origin, such as 'https://chat.example'.");
        }

        // The scheme is not compared: behind a proxy that ends TLS, the request says http and the page https.
        var isOwn = string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return isOwn || allowedOrigins.Contains("*") || allowedOrigins.Contains(authority, StringComparer.OrdinalIgnoreCase)
            ? null
            : new HandshakeFailure(StatusCodes.Status403Forbidden, HandshakeFailure.Forbidden, $"Forbidden: header 'Origin' is '{authority}', which this server does not allow (AllowedOrigins).");
    }
}
