namespace TypedSockets;

/// <summary>
/// An event was not handed to its handler, because its arguments are not what it takes, in number or type. Only a peer that speaks Socket.IO can send such an event and stay; if it
/// waits for an answer, it gets <see cref="RemoteFault.InvalidArguments"/>.
/// </summary>
/// <param name="Event">The event, as <c>Contract.Event</c>.</param>
/// <param name="Detail">What was found where, without the values.</param>
public sealed record EventRefused(string Event, string Detail) : ConnectionEvent;
