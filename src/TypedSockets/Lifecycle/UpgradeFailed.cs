namespace TypedSockets;

/// <summary>A better transport was probed and not taken. The session goes on where it was, as if nothing had been, and does not try again.</summary>
/// <param name="To">What was probed.</param>
/// <param name="Why">What became of it, as it would be said of a session.</param>
public sealed record UpgradeFailed(TransportKind To, DisconnectReason Why) : ConnectionEvent;
