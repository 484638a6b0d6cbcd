using System.Diagnostics.CodeAnalysis;
using Chat.Contracts;

namespace Chat.Rooms;

/// <summary>The rooms of the chat, in memory and bounded: <see cref="MaxRooms"/> rooms of <see cref="ChatRoom.MaxHistory"/> lines each. Safe for concurrent use.</summary>
internal sealed class ChatStore
{
    /// <summary>How many rooms there may be. Where there is no space for another, the one that is empty for longest is forgotten.</summary>
    public const int MaxRooms = 200;

    private const string Lobby = "lobby";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ChatRoom> _rooms = new(StringComparer.Ordinal) { [Lobby] = new ChatRoom(Lobby) };
    private readonly TimeProvider _time;

    public ChatStore(TimeProvider time) => _time = time;

    public IReadOnlyList<RoomSummary> List()
    {
        lock (_gate)
        {
            return [.. _rooms.Values.Select(room => new RoomSummary(room.Name, room.People))];
        }
    }

    /// <summary>Adds a connection of a person to a room, and opens the room when it is not there. False when there is no space for another room.</summary>
    /// <param name="room">The room, normalized.</param>
    /// <param name="who">The person.</param>
    /// <param name="joined">What the person finds.</param>
    /// <param name="arrived">Whether the person was not in the room before, by another connection.</param>
    public bool TryEnter(string room, string who, [NotNullWhen(true)] out Joined? joined, out bool arrived)
    {
        lock (_gate)
        {
            if (!TryOpenUnsynchronized(room, out var found))
            {
                (joined, arrived) = (null, false);
                return false;
            }

            arrived = found.Enter(who, _time.GetUtcNow());
            joined = found.Describe();
            return true;
        }
    }

    /// <summary>Removes a connection of a person from a room. True when it was the person's last.</summary>
    public bool Leave(string room, string who)
    {
        lock (_gate)
        {
            return _rooms[room].Leave(who, _time.GetUtcNow());
        }
    }

    public Line Append(string room, string who, string text)
    {
        lock (_gate)
        {
            return _rooms[room].Append(who, text, _time.GetUtcNow());
        }
    }

    private bool TryOpenUnsynchronized(string name, [NotNullWhen(true)] out ChatRoom? room)
    {
        if (_rooms.TryGetValue(name, out room))
        {
            return true;
        }

        if (_rooms.Count == MaxRooms)
        {
            if (_rooms.Values.Where(candidate => candidate.People == 0 && candidate.Name != Lobby).MinBy(candidate => candidate.LastUsed) is not { } forgotten)
            {
                return false;
            }

            _rooms.Remove(forgotten.Name);
        }

        room = new ChatRoom(name);
        _rooms.Add(name, room);
        return true;
    }
}
