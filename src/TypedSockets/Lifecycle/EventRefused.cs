namespace TypedSockets;

/// <summary>
/// An event was refused: the peer may not send it, too many came, a filter or the handler did not want it (<see cref="EventRefusedException"/>), or its arguments are not what it takes, in number
/// or type. Only a peer that speaks Socket.IO can send such arguments and stay. If the peer waits for an answer, it gets <see cref="Fault"/>.
/// </summary>
/// <param name="Event">The event, as <c>Contract.Event</c>.</param>
/// <param name="Detail">Why; of arguments what was found where, without the values.</param>
public sealed record EventRefused(string Event, string Detail) : ConnectionEvent
{
    /// <summary>What the peer is told if it waits for an answer.</summary>
    public RemoteFault Fault { get; init; } = RemoteFault.InvalidArguments;

    /// <summary>
    /// How many events were refused since the hub was told last, this one, the last of them, included. Default 1; more where they came faster than the hub took notice. On a client always 1.
    /// </summary>
    public long Count { get; init; } = 1;
}
