namespace TypedSockets;

/// <summary>A better transport is being probed beside the one that carries the packets. <see cref="Upgraded"/> or <see cref="UpgradeFailed"/> follows, unless the session ends before.</summary>
/// <param name="From">What carries the packets.</param>
/// <param name="To">What is probed.</param>
public sealed record Upgrading(TransportKind From, TransportKind To) : ConnectionEvent;
