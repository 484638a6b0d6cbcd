using System.Diagnostics;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>
/// The base of a hub: the class that handles one client's events. There is one instance for each connection, made from a dependency injection scope of its own when the client
/// joins and disposed when it is gone, so fields hold what belongs to this client. Its methods run one at a time, in the order in which the client sent the events;
/// <see cref="OnConnected"/> before all others, <see cref="OnDisconnected"/> after.
/// </summary>
/// <remarks>
/// A handler runs on the connection's receive loop until its first await that does not complete at once: do not block in it. Other clients are served by other instances at the
/// same time, so whatever hubs share must be safe for concurrent use.
/// </remarks>
/// <typeparam name="TClient">The events that clients handle.</typeparam>
public abstract class Hub<TClient> where TClient : class, IClientEvents
{
    private HubMember? _member;
    private ProxyFactory<TClient>? _proxies;

    /// <summary>Who events can be sent to. Safe for concurrent use, and usable for as long as the hub is.</summary>
    /// <exception cref="InvalidOperationException">The client has not joined: the hub's constructor is running, or <see cref="IAuthenticateClients{TAuth}.OnConnecting"/>.</exception>
    public HubClients<TClient> Clients => field ??= new HubClients<TClient>(Member, Joined);

    /// <summary>Who events without a contract can be sent to: those of <see cref="Clients"/> who speak Socket.IO.</summary>
    /// <inheritdoc cref="Clients" path="/exception"/>
    public HubClients<DynamicPeer> DynamicClients => field ??= new HubClients<DynamicPeer>(Member, Member.Namespace.DynamicProxies);

    /// <summary>The rooms that this client is in.</summary>
    /// <inheritdoc cref="Clients" path="/exception"/>
    public HubRooms Rooms
    {
        get
        {
            _ = Joined;
            return Connection.Rooms;
        }
    }

    /// <summary>Who is there: everybody's connections, rooms and users.</summary>
    /// <inheritdoc cref="Connection" path="/exception"/>
    public HubPresence Presence => Member.Namespace.Presence;

    /// <summary>This client's connection.</summary>
    /// <exception cref="InvalidOperationException">The hub's constructor is still running.</exception>
    public HubConnection Connection => Member.Shown;

    private protected HubMember Member => _member ?? throw new InvalidOperationException("A hub has no connection in its constructor; use OnConnected.");

    private ProxyFactory<TClient> Joined => _proxies ?? throw new InvalidOperationException("A hub has nobody to send to before its client has joined; use OnConnected.");

    /// <summary>The client has joined. Its events wait until this has finished. When it throws, the client is disconnected with <see cref="HandlerFault"/>.</summary>
    /// <param name="connected">What it is connected by.</param>
    public virtual ValueTask OnConnected(Connected connected) => default;

    /// <summary>The connection has moved to a better transport. Handled in turn with the client's events, which may have come over either.</summary>
    /// <param name="upgraded">From what to what.</param>
    public virtual ValueTask OnUpgraded(Upgraded upgraded) => default;

    /// <summary>
    /// The client reads too slowly: an event for it that may be replaced or dropped could not go out at once. Told at most once in 30 seconds. Handled in turn with the client's events.
    /// </summary>
    /// <param name="behind">How much waits, and how much has been replaced and dropped.</param>
    public virtual ValueTask OnBehind(ConsumerBehind behind) => default;

    /// <summary>
    /// An event of this client's was refused. Handled in turn with the client's events; while it waits for its turn, further ones are counted (<see cref="EventRefused.Count"/>) and told with it.
    /// </summary>
    /// <param name="refused">Which, and why; of several the last.</param>
    public virtual ValueTask OnEventRefused(EventRefused refused) => default;

    /// <summary>The client is gone, and still in its rooms: the place to tell the others.</summary>
    /// <param name="reason">Why.</param>
    public virtual ValueTask OnDisconnecting(DisconnectReason reason) => default;

    /// <summary>The client is gone, and out of its rooms. The last call; the hub and its scope are disposed afterwards.</summary>
    /// <param name="reason">Why.</param>
    public virtual ValueTask OnDisconnected(DisconnectReason reason) => default;

    internal void Attach(HubMember member)
    {
        Debug.Assert(_member is null, "A hub serves one connection.");
        _member = member;
    }

    internal void Join(ProxyFactory<TClient> proxies) => _proxies = proxies;
}
