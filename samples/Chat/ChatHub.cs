using Chat.Contracts;
using Chat.Rooms;
using TypedSockets;
using TypedSockets.Server;

namespace Chat;

/// <summary>One person's connection to the chat.</summary>
internal sealed class ChatHub(ChatStore store) : Hub<IChatClient>, IChatServer
{
    // Under which name this connection is in which room.
    private readonly Dictionary<string, string> _names = [];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomSummary>> ListRooms(CancellationToken cancellationToken) => new(store.List());

    /// <inheritdoc/>
    public ValueTask<JoinReply> Join(string room, string name, CancellationToken cancellationToken) => new(Join(room, name));

    /// <inheritdoc/>
    public ValueTask Leave(string room, CancellationToken cancellationToken)
    {
        Depart(room, Farewell.LeftRoom);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<Refusal?> Say(string room, string text, CancellationToken cancellationToken) => new(Say(room, text));

    /// <inheritdoc/>
    public void Typing(string room)
    {
        if (_names.TryGetValue(room, out var who))
        {
            Clients.OthersInRoom(room).Typing(room, who);
        }
    }

    /// <summary>Tells the newcomer which rooms there are.</summary>
    public override ValueTask OnConnected(Connected connected)
    {
        Clients.Caller.RoomsChanged(store.List());
        return default;
    }

    /// <summary>Tells the rooms that the person is gone, and why.</summary>
    public override ValueTask OnDisconnecting(DisconnectReason reason)
    {
        foreach (var room in _names.Keys.ToArray())
        {
            Depart(room, Farewell.For(reason));
        }

        return default;
    }

    private JoinReply Join(string room, string name)
    {
        if ((ChatRules.CheckName(name) ?? ChatRules.CheckRoom(room)) is { } refusal)
        {
            return new JoinReply(null, refusal);
        }

        room = ChatRules.Normalize(room);
        name = name.Trim();
        Depart(room, Farewell.LeftRoom);

        // Into the room first, so that nothing is said between what is found there and what is heard.
        Rooms.Join(room);
        if (!store.TryEnter(room, name, out var joined, out var arrived))
        {
            Rooms.Leave(room);
            return new JoinReply(null, new Refusal($"There are {ChatStore.MaxRooms} rooms already, and none is empty. Enter one of them."));
        }

        _names[room] = name;
        if (arrived)
        {
            Clients.OthersInRoom(room).Arrived(room, name);
            Clients.All.RoomsChanged(store.List());
        }

        return new JoinReply(joined, null);
    }

    private Refusal? Say(string room, string text)
    {
        if (!_names.TryGetValue(room, out var who))
        {
            return new Refusal($"Enter '{room}' before you speak there.");
        }

        if (ChatRules.CheckText(text) is { } refusal)
        {
            return refusal;
        }

        Clients.Room(room).Said(room, store.Append(room, who, text.Trim()));
        return null;
    }

    private void Depart(string room, string why)
    {
        if (!_names.Remove(room, out var who))
        {
            return;
        }

        Rooms.Leave(room);
        if (store.Leave(room, who))
        {
            Clients.OthersInRoom(room).Departed(room, who, why);
            Clients.All.RoomsChanged(store.List());
        }
    }
}
