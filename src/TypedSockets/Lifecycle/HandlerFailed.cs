namespace TypedSockets;

/// <summary>A handler of this end threw. The connection is untouched; a caller that waits for an answer is told.</summary>
/// <param name="Event">The event, as <c>Contract.Event</c>.</param>
/// <param name="Exception">What it threw.</param>
public sealed record HandlerFailed(string Event, Exception Exception) : ConnectionEvent;
