using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>
/// Who is there: the connections, rooms and users of one namespace on this server, at the moment of asking. What is returned is a copy, and may be out of date as soon as it is. Safe for
/// concurrent use.
/// </summary>
public sealed class HubPresence
{
    private readonly HubNamespace _hubs;

    internal HubPresence(HubNamespace hubs) => _hubs = hubs;

    /// <summary>How many clients are connected.</summary>
    public int Count => _hubs.All.Count;

    /// <summary>The connections of all clients.</summary>
    public IReadOnlyList<HubConnection> Connections => Show(_hubs.All.Snapshot);

    /// <summary>The rooms that somebody is in.</summary>
    public IReadOnlyCollection<string> Rooms => _hubs.Rooms.Names;

    /// <summary>The users who are connected, by <see cref="HubConnection.UserId"/>. Clients that have not signed in are nobody's.</summary>
    public IReadOnlyCollection<string> Users => _hubs.Users.Names;

    /// <summary>One connection; null when it is not there.</summary>
    /// <param name="connectionId">Its <see cref="HubConnection.Id"/>.</param>
    public HubConnection? Find(string connectionId)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return _hubs.All.Find(connectionId)?.Shown;
    }

    /// <summary>The connections in a room; none when nobody is in it.</summary>
    /// <param name="room">The room.</param>
    public IReadOnlyList<HubConnection> InRoom(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return Show(_hubs.Rooms.Snapshot(room));
    }

    /// <summary>How many connections are in a room.</summary>
    /// <param name="room">The room.</param>
    public int CountInRoom(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return _hubs.Rooms.Count(room);
    }

    /// <summary>The connections of a user; none when the user is not there.</summary>
    /// <param name="userId">The user.</param>
    public IReadOnlyList<HubConnection> OfUser(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return Show(_hubs.Users.Snapshot(userId));
    }

    /// <summary>How many connections a user has.</summary>
    /// <param name="userId">The user.</param>
    public int CountOfUser(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return _hubs.Users.Count(userId);
    }

    private static HubConnection[] Show(HubMember[] members) => Array.ConvertAll(members, static member => member.Shown);
}
