namespace TypedSockets;

/// <summary>A contract's namespace is open: events flow both ways.</summary>
/// <param name="Namespace">The namespace of the contract.</param>
/// <param name="ConnectionId">What the server calls this connection; public, unlike the session's own id, which is a secret.</param>
/// <param name="Transport">What carries the packets.</param>
/// <param name="Agreement">How the two ends' builds of the contract compare.</param>
public sealed record Connected(string Namespace, string ConnectionId, TransportKind Transport, ContractAgreement Agreement) : ConnectionEvent
{
    /// <summary>
    /// Whether the connection is one that was lost, with its id, its rooms and the events that were missed (Socket.IO's connection state recovery). False on a new one, and always between two
    /// ends that speak ts1.
    /// </summary>
    public bool Recovered { get; init; }
}
