using Microsoft.AspNetCore.Server.Kestrel.Core;
using TypedSockets.Server.Hijacking;

namespace TypedSockets.Server;

/// <summary>Prepares an endpoint of Kestrel for sessions that outlive their request.</summary>
public static class TypedSocketsListenOptionsExtensions
{
    /// <summary>
    /// Lets a session on a WebSocket take over its connection when the handshake has been answered: the request ends with its response, and an idle session holds several KiB less.
    /// Without it a session works as well, within its request. <c>AddTypedSockets</c> does this for every endpoint without TLS, unless the application sets endpoint defaults of its own;
    /// call it for those and, behind <c>UseHttps</c>, for endpoints with TLS.
    /// </summary>
    /// <param name="endpoint">The endpoint. What is added to it before this sees the bytes of the session as they travel; what is added after it sees HTTP only.</param>
    /// <returns>The endpoint.</returns>
    public static ListenOptions UseTypedSockets(this ListenOptions endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.Use(HijackingMiddleware.Wrap);
        return endpoint;
    }
}
