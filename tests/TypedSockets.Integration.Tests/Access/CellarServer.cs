using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>A server whose users have tokens, on a clock of its own.</summary>
internal static class CellarServer
{
    public static Task<PlayServer> StartAsync(SteppedTime? time = null, Action<IServiceCollection>? configureServices = null, Action<IEndpointConventionBuilder>? configureEndpoint = null, Action<TypedSocketServerOptions>? configure = null) =>
        PlayServer.StartAsync(
            options =>
            {
                // Nobody answers a ping while the clock is moved.
                options.HeartbeatInterval = TimeSpan.FromDays(1);
                configure?.Invoke(options);
            },
            configureServices: services =>
            {
                services.AddSingleton<TimeProvider>(time ?? new SteppedTime());
                services.AddAuthentication(TokenScheme.Name).AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, null);
                services.AddAuthorization();
                services.AddOptions<Microsoft.AspNetCore.Authorization.AuthorizationOptions>().Configure<PlayLog>((options, log) =>
                {
                    options.AddPolicy(CellarHub.Guest, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
                    {
                        var role = context.User.FindFirstValue(ClaimTypes.Role);
                        log.AddOnceMore($"seen {context.User.FindFirstValue(ClaimTypes.NameIdentifier)} {role}");
                        _ = role == "unheard-of" ? throw new InvalidOperationException("Nobody knows this role.") : role;
                        return context.Resource is HubConnection && role != "banned";
                    }));
                    options.AddPolicy(CellarHub.Red, policy => policy.RequireAssertion(context => context.Resource is HubEventContext asked && asked.GetArgument<string>("door") == "red"));
                });
                services.AddTypedSockets().AddHub(ICellarServer.Contract.HandledBy<CellarHub>());
                configureServices?.Invoke(services);
            },
            configureEndpoint: configureEndpoint);

    /// <summary>How a client connects that has a token, or gets new ones.</summary>
    public static TypedSocketOptions With(params string[] tokens)
    {
        var asked = -1;
        return new TypedSocketOptions
        {
            AccessTokenProvider = _ => new(tokens[Math.Min(Interlocked.Increment(ref asked), tokens.Length - 1)]),
            Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
        };
    }
}
