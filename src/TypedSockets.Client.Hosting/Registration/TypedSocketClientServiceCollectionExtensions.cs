using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace TypedSockets.Client;

/// <summary>Adds clients of TypedSockets servers to an application.</summary>
public static class TypedSocketClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds the application's client: the <see cref="TypedSocket"/> and the proxies of its contracts become services, it connects when the host starts, and says goodbye when it stops.
    /// A second call changes the same client.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="address">The server, such as <c>https://chat.example</c>; null where the options or the configuration say it.</param>
    /// <returns>What contracts are added to.</returns>
    public static TypedSocketClientBuilder AddTypedSocketClient(this IServiceCollection services, string? address = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, Options.DefaultName, address);
    }

    /// <summary>
    /// Adds a client with a name, for applications with several: its <see cref="TypedSocket"/> and proxies are services with the name as their key, to be asked for with
    /// <c>[FromKeyedServices("prices")]</c>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">What the client is called; not empty.</param>
    /// <param name="address">The server, such as <c>https://prices.example</c>; null where the options or the configuration say it.</param>
    /// <returns>What contracts are added to.</returns>
    public static TypedSocketClientBuilder AddKeyedTypedSocketClient(this IServiceCollection services, string name, string? address = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(services, name, address);
    }

    private static TypedSocketClientBuilder Add(IServiceCollection services, string name, string? address)
    {
        services.AddOptions<TypedSocketClientOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TypedSocketClientOptions>, TypedSocketClientOptionsValidator>());
        var builder = new TypedSocketClientBuilder(services, name);
        if (address is not null)
        {
            builder.Configure(options => options.Address = address);
        }

        if (services.Any(service => service.ServiceType == typeof(RegisteredClient) && name.Equals(service.ServiceKey)))
        {
            return builder;
        }

        services.AddKeyedSingleton(name, (services, _) => new RegisteredClient(services, name));
        services.AddSingleton<IHostedService>(services => new TypedSocketClientService(
            services.GetRequiredKeyedService<RegisteredClient>(name),
            name,
            (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<TypedSocket>()));
        if (name.Length == 0)
        {
            services.AddSingleton(SocketOf);
        }
        else
        {
            services.AddKeyedSingleton(name, (services, _) => SocketOf(services));
        }

        return builder;

        TypedSocket SocketOf(IServiceProvider services) => services.GetRequiredKeyedService<RegisteredClient>(name).GetReady();
    }
}
