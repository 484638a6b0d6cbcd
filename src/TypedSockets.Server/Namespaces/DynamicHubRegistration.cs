using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TypedSockets.Server.Filters;

namespace TypedSockets.Server.Namespaces;

/// <summary>What <c>AddDynamicHub</c> said: a namespace without a contract, and its hub.</summary>
internal sealed class DynamicHubRegistration<[DynamicallyAccessedMembers(HubMembers.Needed)] THub>(string @namespace) : HubRegistration
    where THub : DynamicHub
{
    public override ContractShape Shape { get; } = new(typeof(THub).Name, @namespace, 0, [], []);

    public override HubNamespace CreateNamespace(uint number, IServiceProvider services, TypedSocketServerOptions options) =>
        new HubNamespace<DynamicPeer, THub>(
            number,
            Shape,
            null,
            HubNamespace.CreateDynamicPeer,
            static _ => null,
            new HubPipeline(typeof(THub), 0, static _ => throw new UnreachableException(), services),
            services,
            options)
        {
            IsDynamic = true,
        };
}
