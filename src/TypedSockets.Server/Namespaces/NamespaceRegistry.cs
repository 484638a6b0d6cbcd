using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace TypedSockets.Server.Namespaces;

/// <summary>The namespaces that a server serves, by name. They are numbered in the order of their names, so that every server of one build numbers them alike.</summary>
internal sealed class NamespaceRegistry
{
    private readonly FrozenDictionary<string, HubNamespace> _namespaces;

    /// <exception cref="InvalidOperationException">Two hubs serve one namespace.</exception>
    public NamespaceRegistry(IEnumerable<HubRegistration> hubs, IServiceProvider services, IOptions<TypedSocketServerOptions> options)
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
    }

    public HubNamespace? Find(string name) => _namespaces.GetValueOrDefault(name);
}
