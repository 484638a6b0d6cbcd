using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
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
    public TypedSocketsBuilder AddHub<TServer, TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THub>(HandledContract<TServer, TClient, THub> contract)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        where THub : Hub<TClient>, TServer
    {
        ArgumentNullException.ThrowIfNull(contract);
        Services.AddSingleton<HubRegistration>(new HubRegistration<TServer, TClient, THub>(contract.Contract));
        return this;
    }
}
