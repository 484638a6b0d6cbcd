using TypedSockets;

namespace Chat.Contracts;

/// <summary>What the server tells people in the chat.</summary>
public interface IChatClient : IClientEvents
{
    /// <summary>Somebody, oneself included, said something.</summary>
    void Said(string room, Line line);

    // For a client that reads slowly, one of each person in each room waits.
    /// <summary>Somebody else is writing.</summary>
    [Event(Delivery = Delivery.Latest)]
    void Typing([ConflationKey] string room, [ConflationKey] string who);

    /// <summary>Somebody else came into the room.</summary>
    void Arrived(string room, string who);

    /// <summary>Somebody else is gone, and why: a clause that continues the name, such as "closed the tab".</summary>
    void Departed(string room, string who, string why);

    /// <summary>Which rooms are open: told to whoever connects, and to everybody when rooms or the people in them change.</summary>
    [Event(Delivery = Delivery.Latest)]
    void RoomsChanged(IReadOnlyList<RoomSummary> rooms);
}
