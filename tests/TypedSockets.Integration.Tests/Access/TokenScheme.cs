using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>Bearer tokens as a test writes them: a name, roles, and the second after 1970 at which the token expires, such as <c>ada;keeper,clerk;600</c>.</summary>
internal sealed class TokenScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        const string Prefix = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return AuthenticateResult.NoResult();
        }

        if (header == Prefix + "broken")
        {
            throw new InvalidOperationException("Nobody can check tokens today.");
        }

        if (header[Prefix.Length..].Split(';') is not [var name, var roles, var second] || !int.TryParse(second, CultureInfo.InvariantCulture, out var expires))
        {
            return AuthenticateResult.Fail("That is no token.");
        }

        var properties = new AuthenticationProperties { ExpiresUtc = DateTimeOffset.UnixEpoch.AddSeconds(expires) };
        if (properties.ExpiresUtc <= TimeProvider.GetUtcNow())
        {
            return AuthenticateResult.Fail("The token has expired.");
        }

        Claim[] claims = [new(ClaimTypes.NameIdentifier, name), .. roles.Split(',').Select(role => new Claim(ClaimTypes.Role, role))];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), properties, Name));
    }
}
