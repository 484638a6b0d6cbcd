using TypedSockets;

namespace Chat.Contracts;

/// <summary>What the server tells people in the chat.</summary>
public interface IChatClient : IClientEvents
{
    /// <summary>Somebody, oneself included, said something.</summary>
    void Said(string room, Line line);

    /// <summary>Somebody else is writing.</summary>
    void Typing(string room, string who);

    /// <summary>Somebody else came into the room.</summary>
    void Arrived(string room, string who);

    /// <summary>Somebody else is gone, and why: a clause that continues the name, such as "closed the tab".</summary>
    void Departed(string room, string who, string why);

    /// <summary>Which rooms are open: told to whoever connects, and to everybody when rooms or the people in them change.</summary>
    void RoomsChanged(IReadOnlyList<RoomSummary> rooms);
}
