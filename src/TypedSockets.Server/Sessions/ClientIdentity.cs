using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using TypedSockets.Server.Authentication;

namespace TypedSockets.Server.Sessions;

/// <summary>Who is at the other end of a session, as the handshake told; kept in place of the request, which would hold much more.</summary>
internal sealed record ClientIdentity(ClaimsPrincipal User, IPAddress? RemoteAddress)
{
    private static readonly ClaimsPrincipal s_anonymous = new(new ClaimsIdentity());

    /// <summary>What <c>Clients.User</c> finds the user by; null for somebody who has not signed in.</summary>
    public string? UserId { get; } = User.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>For how long <see cref="User"/> is the user; null for as long as the session is.</summary>
    public SessionTicket? Ticket { get; init; }

    /// <summary>Reads the features themselves: the request's own properties would make objects that live as long as the session.</summary>
    public static ClientIdentity Of(HttpContext context, SessionTicket? ticket = null) => new(
        context.Features.Get<IHttpAuthenticationFeature>()?.User ?? s_anonymous,
        context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress)
    {
        Ticket = ticket,
    };
}
