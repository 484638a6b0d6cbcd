using TypedSockets.Events;

namespace TypedSockets;

/// <summary>One event of a contract as it appears on the wire, and what this end knows of it beside.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Fingerprint">Covers the parameters, the result, the faults and every type that they contain, recursively.</param>
public sealed record EventShape(string Name, ulong Fingerprint)
{
    /// <summary>The names of the parameters in C#, in their order, those of streams behind the others, and without that of a cancellation token. They do not travel, and are empty where the shape came from the peer.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The faults that its handler may end with. Default none.</summary>
    public IReadOnlyList<EventFault> Faults { get; init; } = [];

    /// <summary>How long its answer may take; null for what the options say.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What may run beside its handler. Default <see cref="Concurrency.Serial"/>.</summary>
    public Concurrency Concurrency { get; init; }

    /// <summary>How many streams it takes. Default none.</summary>
    public int StreamParameters { get; init; }

    /// <summary>Whether it is answered with a stream. Default false.</summary>
    public bool ReturnsStream { get; init; }
}
