using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server.Authentication;

/// <summary>Lets ASP.NET Core's authentication look at a token that came in a session, as if it had come with a request. Safe for concurrent use.</summary>
internal sealed class TokenAuthenticator(IServiceScopeFactory scopes, TypedSocketServerOptions options)
{
    /// <summary>Returns who the token's user is and for how long; null when the scheme does not accept it.</summary>
    /// <param name="client">Who the session's user is so far.</param>
    /// <param name="scheme">The scheme that knows the user; several, with semicolons between, where the endpoint's policy has merged what they say.</param>
    /// <param name="token">The bearer token.</param>
    public async ValueTask<ClientIdentity?> AuthenticateAsync(ClientIdentity client, string scheme, string token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Authorization = $"Bearer {token}";
        var result = await AuthenticateAsync(context, scheme);
        if (!result.Succeeded)
        {
            return null;
        }

        // Where the option looks, as after a handshake.
        context.Features.Set<IAuthenticateResultFeature>(new Authenticated(result));
        context.User = result.Principal;
        // What others find the user by, UserId, stays as it was: the copy keeps it.
        return client with { User = result.Principal, Ticket = SessionTicket.Of(context, options) };
    }

    // Several are merged as they were for the handshake, by the same service. What it is asked of the user it does not look at here.
    private static Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string scheme) => scheme.Split(';') is { Length: > 1 } several
        ? context.RequestServices.GetRequiredService<IPolicyEvaluator>().AuthenticateAsync(new AuthorizationPolicy([new DenyAnonymousAuthorizationRequirement()], several), context)
        : context.AuthenticateAsync(scheme);

    private sealed class Authenticated(AuthenticateResult result) : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; } = result;
    }
}
