namespace TypedSockets;

/// <summary>One event of a contract as it appears on the wire.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Fingerprint">Covers the parameters, the result and every type that they contain, recursively.</param>
public sealed record EventShape(string Name, ulong Fingerprint)
{
    /// <summary>How many streams the event takes.</summary>
    public int StreamParameters { get; init; }

    /// <summary>Whether the event is answered with a stream.</summary>
    public bool ReturnsStream { get; init; }
}
