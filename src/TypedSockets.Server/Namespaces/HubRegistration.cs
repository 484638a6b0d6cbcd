using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Server.Namespaces;

/// <summary>What <c>AddHub</c> said: a contract and its hub.</summary>
internal abstract class HubRegistration
{
    public abstract ContractShape Shape { get; }

    /// <summary>Makes the namespace that serves the contract.</summary>
    public abstract HubNamespace CreateNamespace(uint number, IServiceScopeFactory scopes, TypedSocketServerOptions options, EventInstruments instruments);
}

/// <inheritdoc/>
internal sealed class HubRegistration<TServer, TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THub>(Contract<TServer, TClient> contract) : HubRegistration
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
    where THub : Hub<TClient>, TServer
{
    public override ContractShape Shape => contract.Shape;

    public override HubNamespace CreateNamespace(uint number, IServiceScopeFactory scopes, TypedSocketServerOptions options, EventInstruments instruments) =>
        new HubNamespace<TClient, THub>(number, contract.Shape, contract.Authentication, contract.CreateClientProxy, hub => contract.CreateServerDispatcher(hub), scopes, options, instruments);
}
