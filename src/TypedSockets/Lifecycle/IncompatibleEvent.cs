namespace TypedSockets;

/// <summary>An event that both ends have, and that one of them would misread. It is never sent between them. Immutable.</summary>
/// <param name="Event">Its wire name.</param>
/// <param name="HandledBy">The end that handles it: an event of the same name may go the other way.</param>
/// <param name="Detail">What the server's build has instead of the client's, for people: <c>has its parameter 'text' as 'Int32' instead of 'String'</c>.</param>
public sealed record IncompatibleEvent(string Event, Side HandledBy, string Detail);
