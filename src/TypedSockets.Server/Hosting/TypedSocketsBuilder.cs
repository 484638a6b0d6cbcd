using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Server.Filters;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>Adds hubs to a server.</summary>
public sealed class TypedSocketsBuilder
{
    internal TypedSocketsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Serves a contract: <c>AddHub(IChatServer.Contract.HandledBy&lt;ChatHub&gt;())</c>. Each namespace is served by one hub.</summary>
    /// <typeparam name="TServer">The events that the hub handles.</typeparam>
    /// <typeparam name="TClient">The events that its clients handle.</typeparam>
    /// <typeparam name="THub">The hub; created once for each connection, from a scope of its own, by its public constructor.</typeparam>
    /// <param name="contract">The contract with its hub.</param>
    public TypedSocketsBuilder AddHub<TServer, TClient, [DynamicallyAccessedMembers(HubMembers.Needed)] THub>(HandledContract<TServer, TClient, THub> contract)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        where THub : Hub<TClient>, TServer
    {
        ArgumentNullException.ThrowIfNull(contract);
        return Add<TClient, THub>(new HubRegistration<TServer, TClient, THub>(contract.Contract));
    }

    /// <summary>Serves a namespace without a contract, to clients that speak Socket.IO.</summary>
    /// <typeparam name="THub">The hub; created once for each connection, from a scope of its own, by its public constructor.</typeparam>
    /// <param name="namespace">The namespace, such as <c>/custom</c>; <c>/</c> for the main one.</param>
    /// <exception cref="ArgumentException">The namespace does not begin with a slash, or has a comma or a question mark.</exception>
    public TypedSocketsBuilder AddDynamicHub<[DynamicallyAccessedMembers(HubMembers.Needed)] THub>(string @namespace) where THub : DynamicHub
    {
        ArgumentNullException.ThrowIfNull(@namespace);
        return Add<DynamicPeer, THub>(new DynamicHubRegistration<THub>(new SocketIONamespace(@namespace).Name));
    }

    /// <summary>Adds a filter to every hub, inside of those that were added before. There is one instance, made by dependency injection when the server starts.</summary>
    /// <typeparam name="TFilter">The filter; safe for concurrent use. Registered as a singleton unless it is registered already.</typeparam>
    public TypedSocketsBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>() where TFilter : class, IHubFilter
    {
        Services.TryAddSingleton<TFilter>();
        Services.AddSingleton(new HubFilterRegistration(static services => services.GetRequiredService<TFilter>()));
        return this;
    }

    private TypedSocketsBuilder Add<TClient, [DynamicallyAccessedMembers(HubMembers.Needed)] THub>(HubRegistration hub)
        where TClient : class, IClientEvents
        where THub : Hub<TClient>
    {
        Services.AddSingleton(hub);
        Services.AddSingleton(services =>
        {
            // The registry has a namespace for every registration.
            var hubs = (HubNamespace<TClient, THub>)services.GetRequiredService<NamespaceRegistry>().Find(hub.Shape.Namespace)!;
            return new HubContext<THub, TClient>(hubs, hubs.Proxies);
        });
        return this;
    }
}
