namespace TypedSockets;

/// <summary>A transport could not be opened, and the next one is tried.</summary>
/// <param name="From">What could not be opened.</param>
/// <param name="To">What is tried now.</param>
/// <param name="Why">What became of the first.</param>
public sealed record FallingBack(TransportKind From, TransportKind To, DisconnectReason Why) : ConnectionEvent;
