using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Server.Namespaces;

/// <summary>The namespaces that a server serves, by name. They are numbered in the order of their names, so that every server of one build numbers them alike.</summary>
internal sealed class NamespaceRegistry : IDisposable
{
    private readonly FrozenDictionary<string, HubNamespace> _namespaces;

    /// <exception cref="InvalidOperationException">Two hubs serve one namespace.</exception>
    public NamespaceRegistry(IEnumerable<HubRegistration> hubs, IServiceProvider services, IOptions<TypedSocketServerOptions> options, TimeProvider time)
    {
        var sorted = hubs.OrderBy(hub => hub.Shape.Namespace, StringComparer.Ordinal).ToList();
        for (var index = 1; index < sorted.Count; index++)
        {
            if (sorted[index - 1].Shape.Namespace == sorted[index].Shape.Namespace)
            {
                throw new InvalidOperationException($"Contracts '{sorted[index - 1].Shape.Name}' and '{sorted[index].Shape.Name}' both claim namespace '{sorted[index].Shape.Namespace}'; a namespace is served by one hub.");
            }
        }

        _namespaces = sorted.Select((hub, number) => hub.CreateNamespace((uint)number, services, options.Value)).ToFrozenDictionary(hubs => hubs.Shape.Namespace, StringComparer.Ordinal);
        if (options.Value.ConnectionStateRecovery is { } recovery)
        {
            foreach (var served in _namespaces.Values)
            {
                served.Recovery = new ConnectionRecovery(served, recovery, options.Value, time);
                served.Numbers.HaveOffsets = true;
            }
        }
    }

    public HubNamespace? Find(string name) => _namespaces.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var served in _namespaces.Values)
        {
            served.Recovery?.Dispose();
        }
    }
}
