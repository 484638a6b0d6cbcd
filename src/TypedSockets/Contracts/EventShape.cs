namespace TypedSockets;

/// <summary>One event of a contract as it appears on the wire.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Fingerprint">Covers the parameters, the result and every type that they contain, recursively.</param>
public sealed record EventShape(string Name, ulong Fingerprint)
{
    /// <summary>The names of the parameters in C#, in their order, without that of a cancellation token. They do not travel, and are empty where the shape came from the peer.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];
}
