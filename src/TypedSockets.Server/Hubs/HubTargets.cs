using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>
/// Who events can be sent to. Each member returns the client interface: a call of it sends an event to everyone who is meant at that moment, encoded once, without waiting for
/// anybody. An event with an answer is sent to one client, or asked of many with <see cref="AskExtensions.Ask{TClient, TResult}(TClient, Func{TClient, ValueTask{TResult}}, CancellationToken)"/>.
/// Safe for concurrent use.
/// </summary>
/// <typeparam name="TClient">The events that clients handle.</typeparam>
public class HubTargets<TClient> where TClient : class, IClientEvents
{
    private protected readonly ProxyFactory<TClient> _proxies;

    internal HubTargets(ProxyFactory<TClient> proxies) => _proxies = proxies;

    /// <summary>Every client of the namespace.</summary>
    public TClient All => _proxies.All;

    /// <summary>The clients in a room.</summary>
    /// <param name="room">The room; one that nobody is in is no error.</param>
    public TClient Room(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return _proxies.Of(BroadcastTarget.Of(BroadcastScope.Room, room));
    }

    /// <summary>The clients in any of some rooms; each is meant once, however many of the rooms it is in.</summary>
    /// <param name="rooms">The rooms; ones that nobody is in are no error.</param>
    public TClient Rooms(params string[] rooms) => Of(BroadcastScope.Room, rooms);

    /// <summary>The clients in a room, but some.</summary>
    /// <param name="room">The room; one that nobody is in is no error.</param>
    /// <param name="connectionIds">The ids of the connections that are left out.</param>
    public TClient RoomExcept(string room, params string[] connectionIds)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(connectionIds);
        return _proxies.Of(BroadcastTarget.Of(BroadcastScope.Room, room) with { Except = connectionIds });
    }

    /// <summary>
    /// One client, by <see cref="HubConnection.Id"/>. One-way events to a client that is not there go nowhere, or wait for one that may come back
    /// (<see cref="TypedSocketServerOptions.ConnectionStateRecovery"/>); those with an answer throw <see cref="NotConnectedException"/>.
    /// </summary>
    /// <param name="connectionId">The id of its connection.</param>
    public TClient Client(string connectionId)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return _proxies.OfClient(connectionId);
    }

    /// <summary>Some clients, by <see cref="HubConnection.Id"/>.</summary>
    /// <param name="connectionIds">The ids of their connections; ones that are not there are no error.</param>
    public TClient Clients(params string[] connectionIds) => Of(BroadcastScope.Client, connectionIds);

    /// <summary>Every connection of a user, by <see cref="HubConnection.UserId"/>.</summary>
    /// <param name="userId">The user; one who is not there is no error.</param>
    public TClient User(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return _proxies.Of(BroadcastTarget.Of(BroadcastScope.User, userId));
    }

    /// <summary>Every connection of some users, by <see cref="HubConnection.UserId"/>.</summary>
    /// <param name="userIds">The users; ones who are not there are no error.</param>
    public TClient Users(params string[] userIds) => Of(BroadcastScope.User, userIds);

    /// <summary>Every client but some.</summary>
    /// <param name="connectionIds">The ids of the connections that are left out.</param>
    public TClient Except(params string[] connectionIds)
    {
        ArgumentNullException.ThrowIfNull(connectionIds);
        return _proxies.Of(BroadcastTarget.All with { Except = connectionIds });
    }

    private TClient Of(BroadcastScope scope, string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _proxies.Of(new BroadcastTarget(scope, [.. names.Distinct(StringComparer.Ordinal)], []));
    }
}
