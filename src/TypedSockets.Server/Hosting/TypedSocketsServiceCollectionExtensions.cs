using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSockets.Server.Authentication;
using TypedSockets.Server.Handshake;
using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Observability;
using TypedSockets.Server.RateLimits;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server;

/// <summary>Adds a TypedSockets server to an application.</summary>
public static class TypedSocketsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the server's services. Unless the application has set Kestrel's <see cref="KestrelServerLimits.MaxConcurrentConnections"/>, it is set to what the process's limit of open
    /// files leaves beside <see cref="TypedSocketServerOptions.MaxConnections"/>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets limits and times; null for the defaults.</param>
    /// <returns>What hubs are added to.</returns>
    public static TypedSocketsBuilder AddTypedSockets(this IServiceCollection services, Action<TypedSocketServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TypedSocketServerOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (!services.Any(static service => service.ServiceType == typeof(NamespaceRegistry)))
        {
            // First of all, so that an application which has endpoint defaults of its own keeps them.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>>(new ConfigureOptions<KestrelServerOptions>(HijackConnections)));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TypedSocketServerOptions>, TypedSocketServerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ServerMetrics>();
        services.TryAddSingleton<NamespaceRegistry>();
        services.TryAddSingleton(static services =>
            new TokenAuthenticator(services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IOptions<TypedSocketServerOptions>>().Value));
        services.TryAddSingleton(static services => new EventLimits(services.GetRequiredService<IOptions<TypedSocketServerOptions>>().Value));
        services.TryAddSingleton(CreateSessions);
        services.TryAddSingleton(CreateEndpoint);
        services.AddHostedService<GracefulShutdown>();
        services.AddOptions<KestrelServerOptions>().PostConfigure<IOptions<TypedSocketServerOptions>>(LimitConnections);
        return new TypedSocketsBuilder(services);
    }

    private static SessionRegistry CreateSessions(IServiceProvider services) => new(
        services.GetRequiredService<IOptions<TypedSocketServerOptions>>().Value,
        services.GetRequiredService<IHostApplicationLifetime>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ServerMetrics>(),
        services.GetRequiredService<ILogger<SessionRegistry>>());

    private static HandshakeEndpoint CreateEndpoint(IServiceProvider services) => new(
        services.GetRequiredService<SessionRegistry>(),
        new EventConnectionFactory(services.GetRequiredService<NamespaceRegistry>(), services.GetRequiredService<TokenAuthenticator>()),
        services.GetRequiredService<IOptions<TypedSocketServerOptions>>().Value,
        services.GetRequiredService<ILogger<HandshakeEndpoint>>());

    private static void HijackConnections(KestrelServerOptions kestrel) => kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.UseTypedSockets());

    // Kestrel does not count upgraded connections, so both limits together keep the process below its limit of open files.
    private static void LimitConnections(KestrelServerOptions kestrel, IOptions<TypedSocketServerOptions> options) =>
        kestrel.Limits.MaxConcurrentConnections ??= Math.Max(16, OpenFileLimit.MaxTotalConnections - (options.Value.MaxConnections ?? OpenFileLimit.DefaultMaxSessions));
}
