using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>
/// The rooms that a client is in. A room is a name that events can be sent to (<see cref="HubTargets{TClient}.Room"/>); it exists while somebody is in it, only on the server, and
/// apart from the rooms of other namespaces. A client leaves all of its rooms when it is gone. Safe for concurrent use.
/// </summary>
public sealed class HubRooms
{
    private readonly HubMember _member;

    internal HubRooms(HubMember member) => _member = member;

    /// <summary>The rooms that the client is in at this moment.</summary>
    public IReadOnlyCollection<string> Joined => _member.HasRooms ? _member.Namespace.Rooms.Copy(_member.Rooms) : [];

    /// <summary>Whether the client is in a room at this moment.</summary>
    /// <param name="room">The room.</param>
    public bool Contains(string room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return _member.HasRooms && _member.Namespace.Rooms.Contains(room, _member.Rooms);
    }

    /// <summary>Puts the client in a room. Returns false if it was there already, or is gone.</summary>
    /// <param name="room">The room; names are compared letter by letter. 1 to <see cref="TypedSocketServerOptions.MaxRoomNameLength"/> characters.</param>
    /// <exception cref="RoomLimitException">The name is too long, or the client is in <see cref="TypedSocketServerOptions.MaxRoomsPerConnection"/> rooms.</exception>
    public bool Join(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        var limits = _member.Namespace.Limits;
        return room.Length <= limits.MaxRoomNameLength ? _member.JoinRoom(room) : throw RoomLimitException.TooLong(room.Length, limits.MaxRoomNameLength);
    }

    /// <summary>Takes the client out of a room. Returns false if it was not there.</summary>
    /// <param name="room">The room.</param>
    public bool Leave(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return _member.LeaveRoom(room);
    }
}
