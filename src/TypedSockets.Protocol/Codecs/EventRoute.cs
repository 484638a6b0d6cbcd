namespace TypedSockets.Protocol.Codecs;

/// <summary>Where an outgoing event goes: what codecs write in front of its arguments.</summary>
/// <param name="NamespaceNumber">The server's number of the namespace.</param>
/// <param name="EventNumber">The server's number of the event.</param>
internal sealed record EventRoute(uint NamespaceNumber, uint EventNumber);
