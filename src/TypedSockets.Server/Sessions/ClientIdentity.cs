using System.Net;
using System.Security.Claims;

namespace TypedSockets.Server.Sessions;

/// <summary>Who is at the other end of a session, as the handshake told; kept in place of the request, which would hold much more.</summary>
internal sealed record ClientIdentity(ClaimsPrincipal User, IPAddress? RemoteAddress)
{
    /// <summary>What <c>Clients.User</c> finds the user by; null for somebody who has not signed in.</summary>
    public string? UserId { get; } = User.FindFirstValue(ClaimTypes.NameIdentifier);
}
