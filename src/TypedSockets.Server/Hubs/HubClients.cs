using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>
/// Who a hub can send events to. Each member returns the client interface: a call of it sends an event to everyone who is meant at that moment, encoded once, without waiting for
/// anybody. Events with an answer can be sent to one client only. Safe for concurrent use.
/// </summary>
/// <typeparam name="TClient">The events that clients handle.</typeparam>
public sealed class HubClients<TClient> where TClient : class, IClientEvents
{
    private readonly HubMember _member;
    private readonly ProxyFactory<TClient> _proxies;

    internal HubClients(HubMember member, ProxyFactory<TClient> proxies)
    {
        _member = member;
        _proxies = proxies;
    }

    /// <summary>Every client of this hub's namespace.</summary>
    public TClient All => _proxies.All;

    /// <summary>The client that this hub serves.</summary>
    public TClient Caller => field ??= _proxies.Of(_member);

    /// <summary>Every client but the one that this hub serves.</summary>
    public TClient Others => field ??= Except(_member.Id);

    /// <summary>The clients in a room.</summary>
    /// <param name="room">The room; one that nobody is in is no error.</param>
    public TClient Room(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return _proxies.Of(new BroadcastTarget(BroadcastScope.Room, room));
    }

    /// <summary>The clients in a room, but the one that this hub serves.</summary>
    /// <param name="room">The room; one that nobody is in is no error.</param>
    public TClient OthersInRoom(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return _proxies.Of(new BroadcastTarget(BroadcastScope.Room, room, _member.Id));
    }

    /// <summary>One client, by <see cref="HubConnection.Id"/>. One-way events to a client that is not there go nowhere; those with an answer throw <see cref="NotConnectedException"/>.</summary>
    /// <param name="connectionId">The id of its connection.</param>
    public TClient Client(string connectionId)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return _proxies.OfClient(connectionId);
    }

    /// <summary>Every connection of a user, by <see cref="HubConnection.UserId"/>.</summary>
    /// <param name="userId">The user; one who is not there is no error.</param>
    public TClient User(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return _proxies.Of(new BroadcastTarget(BroadcastScope.User, userId));
    }

    /// <summary>Every client but some.</summary>
    /// <param name="connectionIds">The ids of the connections that are left out.</param>
    public TClient Except(params string[] connectionIds)
    {
        ArgumentNullException.ThrowIfNull(connectionIds);
        return _proxies.Of(new BroadcastTarget(BroadcastScope.All, null, connectionIds));
    }
}
