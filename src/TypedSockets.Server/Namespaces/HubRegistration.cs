using System.Diagnostics.CodeAnalysis;
using TypedSockets.Server.Filters;

namespace TypedSockets.Server.Namespaces;

/// <summary>What <c>AddHub</c> said: a contract and its hub.</summary>
internal abstract class HubRegistration
{
    public abstract ContractShape Shape { get; }

    /// <summary>Makes the namespace that serves the contract.</summary>
    public abstract HubNamespace CreateNamespace(uint number, IServiceProvider services, TypedSocketServerOptions options);
}

/// <inheritdoc/>
internal sealed class HubRegistration<TServer, TClient, [DynamicallyAccessedMembers(HubMembers.Needed)] THub>(Contract<TServer, TClient> contract) : HubRegistration
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
    where THub : Hub<TClient>, TServer
{
    public override ContractShape Shape => contract.Shape;

    public override HubNamespace CreateNamespace(uint number, IServiceProvider services, TypedSocketServerOptions options) =>
        new HubNamespace<TClient, THub>(
            number,
            contract.Shape,
            contract.Authentication,
            contract.CreateClientProxy,
            hub => contract.CreateServerDispatcher(hub),
            new HubPipeline(typeof(THub), contract.Shape.ServerEvents.Count, contract.GetServerMethod, services),
            services,
            options);
}
