using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace TypedSockets.Server.Authentication;

/// <summary>For how long the user of a session is who it is, and who says so.</summary>
/// <param name="Expires">When it is over.</param>
/// <param name="Scheme">The authentication scheme that knows the user; null where none is known, so that nothing newer can be checked.</param>
internal sealed record SessionTicket(DateTimeOffset Expires, string? Scheme)
{
    /// <summary>Reads what authentication left in a request. Returns null for a user who stays.</summary>
    public static SessionTicket? Of(HttpContext context, TypedSocketServerOptions options) => options.AuthenticationExpiration(context) is { } expires
        ? new SessionTicket(expires, context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme)
        : null;

    /// <summary>What tells a user from all others: the claim that is called the name identifier, whatever the scheme maps it to, and who issued it. Null where there is none.</summary>
    public static (string Value, string Issuer)? KeyOf(ClaimsPrincipal user) =>
        (user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub")) is { } claim ? (claim.Value, claim.Issuer) : null;
}
