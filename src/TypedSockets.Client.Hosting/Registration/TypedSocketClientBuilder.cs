using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSockets.Client;

/// <summary>Says what a client of the host connects to, and which contracts it opens.</summary>
public sealed class TypedSocketClientBuilder
{
    internal TypedSocketClientBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>What the client is called: the name of its options, and the key of its services. Empty for the client without a name.</summary>
    public string Name { get; }

    /// <summary>
    /// Opens a contract, and registers its proxy as a singleton: whoever asks for <typeparamref name="TServer"/> calls the server. That of a client with a name has the name as its key.
    /// </summary>
    /// <typeparam name="TServer">The events that the server handles.</typeparam>
    /// <typeparam name="TClient">The events that this client handles.</typeparam>
    /// <param name="contract">The contract, such as <c>IChatServer.Contract</c>.</param>
    /// <param name="handler">
    /// Makes what handles the client events, once, before the client connects; null for the service <typeparamref name="TClient"/>. It may ask for the proxy, but not for the
    /// <see cref="TypedSocket"/>.
    /// </param>
    public TypedSocketClientBuilder AddContract<TServer, TClient>(Contract<TServer, TClient> contract, Func<IServiceProvider, TClient>? handler = null)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        => Add(contract, handler, null);

    /// <summary>Opens a contract whose clients say who they are; otherwise as <see cref="AddContract{TServer, TClient}"/>.</summary>
    /// <typeparam name="TServer">The events that the server handles.</typeparam>
    /// <typeparam name="TClient">The events that this client handles.</typeparam>
    /// <typeparam name="TAuth">What a client says about itself.</typeparam>
    /// <param name="contract">The contract, such as <c>IChatServer.Contract</c>.</param>
    /// <param name="handler">Makes what handles the client events; null for the service <typeparamref name="TClient"/>.</param>
    /// <param name="auth">Returns what this client says about itself, or null for nothing; asked before each try to connect. What it throws ends the try as <see cref="TransportError"/>.</param>
    public TypedSocketClientBuilder AddContract<TServer, TClient, TAuth>(
        AuthenticatedContract<TServer, TClient, TAuth> contract,
        Func<IServiceProvider, TClient>? handler,
        Func<IServiceProvider, CancellationToken, ValueTask<TAuth?>> auth)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        where TAuth : class
    {
        ArgumentNullException.ThrowIfNull(auth);
        return Add(contract, handler, async (services, cancellationToken) => await auth(services, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Changes the client's options.</summary>
    /// <param name="configure">Changes them.</param>
    public TypedSocketClientBuilder Configure(Action<TypedSocketClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Configure((options, _) => configure(options));
    }

    /// <summary>Changes the client's options with the help of services, such as one that knows an access token.</summary>
    /// <param name="configure">Changes them.</param>
    public TypedSocketClientBuilder Configure(Action<TypedSocketClientOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.AddOptions<TypedSocketClientOptions>(Name).Configure(configure);
        return this;
    }

    /// <summary>
    /// Takes options from a section of the configuration: <c>Address</c>, <c>Start</c>, and the socket's <c>Path</c>, <c>ConnectTimeout</c> and <c>RequestTimeout</c> (times as
    /// <c>00:00:20</c>). What the section does not have stays.
    /// </summary>
    /// <param name="section">Where, such as <c>TypedSockets:Chat</c>.</param>
    public TypedSocketClientBuilder BindConfiguration(string section)
    {
        ArgumentException.ThrowIfNullOrEmpty(section);
        return Configure((options, services) => ClientConfiguration.Bind(services.GetRequiredService<IConfiguration>().GetSection(section), options));
    }

    private TypedSocketClientBuilder Add<TServer, TClient>(
        Contract<TServer, TClient> contract,
        Func<IServiceProvider, TClient>? handler,
        Func<IServiceProvider, CancellationToken, ValueTask<object?>>? auth)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
    {
        ArgumentNullException.ThrowIfNull(contract);
        var opened = new ClientContract<TServer, TClient>(contract, handler ?? (static services => services.GetRequiredService<TClient>()), auth);
        Services.AddKeyedSingleton<ClientContract>(Name, opened);
        if (Name.Length == 0)
        {
            Services.AddSingleton(ProxyOf);
        }
        else
        {
            Services.AddKeyedSingleton(Name, (services, _) => ProxyOf(services));
        }

        return this;

        TServer ProxyOf(IServiceProvider services) => (TServer)services.GetRequiredKeyedService<RegisteredClient>(Name).ProxyOf(opened);
    }
}
