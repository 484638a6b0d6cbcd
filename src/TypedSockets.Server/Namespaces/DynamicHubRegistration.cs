using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Server.Namespaces;

/// <summary>What <c>AddDynamicHub</c> said: a namespace without a contract, and its hub.</summary>
internal sealed class DynamicHubRegistration<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THub>(string @namespace) : HubRegistration
    where THub : DynamicHub
{
    public override ContractShape Shape { get; } = new(typeof(THub).Name, @namespace, 0, [], []);

    public override HubNamespace CreateNamespace(uint number, IServiceScopeFactory scopes, TypedSocketServerOptions options, EventInstruments instruments) =>
        new HubNamespace<DynamicPeer, THub>(number, Shape, null, HubNamespace.CreateDynamicPeer, static _ => null, scopes, options, instruments) { IsDynamic = true };
}
