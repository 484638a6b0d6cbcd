using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>
/// A hub's clients, seen from outside of it: inject it where events come from, such as a background service or a controller. There is one for each hub that is served. Safe for concurrent
/// use.
/// </summary>
/// <typeparam name="THub">The hub.</typeparam>
/// <typeparam name="TClient">The events that its clients handle.</typeparam>
public sealed class HubContext<THub, TClient>
    where THub : Hub<TClient>
    where TClient : class, IClientEvents
{
    internal HubContext(HubNamespace hubs, ProxyFactory<TClient> proxies)
    {
        Clients = new HubTargets<TClient>(proxies);
        DynamicClients = new HubTargets<DynamicPeer>(hubs.DynamicProxies);
        Presence = hubs.Presence;
    }

    /// <summary>Who events can be sent to.</summary>
    public HubTargets<TClient> Clients { get; }

    /// <summary>Who events without a contract can be sent to: those of <see cref="Clients"/> who speak Socket.IO.</summary>
    public HubTargets<DynamicPeer> DynamicClients { get; }

    /// <summary>Who is there, and in which rooms.</summary>
    public HubPresence Presence { get; }
}
