namespace TypedSockets;

/// <summary>The session has moved to a better transport. Nothing was lost, doubled or reordered on the way.</summary>
/// <param name="From">What carried the packets.</param>
/// <param name="To">What carries them now.</param>
/// <param name="Took">How long it took, from the first try on.</param>
public sealed record Upgraded(TransportKind From, TransportKind To, TimeSpan Took) : ConnectionEvent;
