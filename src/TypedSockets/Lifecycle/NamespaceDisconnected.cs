namespace TypedSockets;

/// <summary>The server ended one contract's namespace, while others on the same connection stay open.</summary>
/// <param name="Namespace">The namespace of the contract.</param>
/// <param name="Reason">Why.</param>
public sealed record NamespaceDisconnected(string Namespace, DisconnectReason Reason) : ConnectionEvent;
