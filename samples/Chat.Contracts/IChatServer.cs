using TypedSockets;

namespace Chat.Contracts;

/// <summary>What people in the chat can ask of the server.</summary>
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    /// <summary>The rooms that are open, by name.</summary>
    ValueTask<IReadOnlyList<RoomSummary>> ListRooms(CancellationToken cancellationToken = default);

    /// <summary>Enters a room, and opens it when nobody did before. A name stands for one person: whoever joins again under it, in another tab or after a lost connection, is the same person.</summary>
    ValueTask<JoinReply> Join(string room, string name, CancellationToken cancellationToken = default);

    /// <summary>Leaves a room.</summary>
    ValueTask Leave(string room, CancellationToken cancellationToken = default);

    /// <summary>Says something to everybody in a room that was joined. Returns null when it was said, else why it was not.</summary>
    ValueTask<Refusal?> Say(string room, string text, CancellationToken cancellationToken = default);

    /// <summary>Tells the others in a room that a text is being written.</summary>
    void Typing(string room);
}
