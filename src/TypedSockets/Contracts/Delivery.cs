namespace TypedSockets;

/// <summary>
/// What becomes of a one-way event while the other end reads more slowly than events for it arise. As long as it keeps up, every event goes out at once, whatever its delivery.
/// </summary>
public enum Delivery
{
    /// <summary>The event waits its turn. When more wait than may, the connection ends with <see cref="SlowConsumer"/>.</summary>
    Reliable,

    /// <summary>
    /// Only the newest counts: while the event waits, a newer one with the same values of its <see cref="ConflationKeyAttribute"/> parameters replaces it, and takes its place at the end
    /// of what waits. For state that is sent again when it changes, such as a position, a price or who is typing.
    /// </summary>
    Latest,

    /// <summary>The event is dropped instead of waiting. For what is worth nothing later, such as a sample of a meter.</summary>
    Droppable,
}
