namespace TypedSockets.Protocol.Shapes;

/// <summary>One difference between two builds of a contract.</summary>
/// <param name="Kind">What kind of difference.</param>
/// <param name="Event">The event whose parameters or answer differ; null where a type does.</param>
/// <param name="Type">The type, by its name in the later build; null where an event's own parameters or answer differ.</param>
/// <param name="Member">The parameter or member in the later build, as far as there is one.</param>
/// <param name="What">What differs, as the end of a sentence that begins with the event or the type.</param>
/// <param name="Remedy">What would be compatible; empty where there is nothing to say.</param>
internal sealed record ContractChange(ContractChangeKind Kind, EventKey? Event, string? Type, string? Member, string What, string Remedy);

/// <summary>What a difference between two builds means to those who have the one and meet the other.</summary>
internal enum ContractChangeKind
{
    /// <summary>Nothing: each reads what the other writes.</summary>
    Compatible,

    /// <summary>Nothing between ends that speak ts1, where names do not travel; a Socket.IO client knows the old name.</summary>
    Renamed,

    /// <summary>Values of a new kind cannot be read by those who do not know it yet.</summary>
    Widened,

    /// <summary>Both still understand each other, and what took the free place next would be misread.</summary>
    Retired,

    /// <summary>What the one writes, the other misreads or cannot read.</summary>
    Breaking,
}

/// <summary>Who writes what the other reads.</summary>
[System.Flags]
internal enum Flows
{
    None = 0,

    /// <summary>The earlier build writes, the later one reads.</summary>
    Forward = 1,

    /// <summary>The later build writes, the earlier one reads.</summary>
    Backward = 2,

    Both = Forward | Backward,
}
