namespace TypedSockets;

/// <summary>How the two ends' builds of one contract compare, by wire name. Immutable.</summary>
/// <param name="MissingRemotely">Events that this end may send and the other end does not have. Sending one fails at once with <see cref="EventNotSupportedException"/>.</param>
/// <param name="MissingLocally">Events that the other end may send and this end does not have.</param>
/// <param name="ShapeChanged">Events that both have, with different parameters or results, in either direction.</param>
public sealed record ContractAgreement(IReadOnlyList<string> MissingRemotely, IReadOnlyList<string> MissingLocally, IReadOnlyList<string> ShapeChanged)
{
    // A sentence, not a table.
    private const int MaxNamed = 5;

    /// <summary>Both ends have the same contract.</summary>
    public static ContractAgreement Identical { get; } = new([], [], []);

    /// <summary>The other end speaks Socket.IO, which compares no contracts.</summary>
    public static ContractAgreement Unknown { get; } = new([], [], []) { IsKnown = false };

    /// <summary>
    /// Those of <see cref="ShapeChanged"/> that one end would misread: what was added at the end is compatible, nearly all else is not. Sending one fails at once with
    /// <see cref="EventNotSupportedException"/>. Default empty.
    /// </summary>
    public IReadOnlyList<IncompatibleEvent> Incompatible { get; init; } = [];

    /// <summary>Events that one end handles and the other's build cannot send, in either direction: nobody misses them. Default empty.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>Whether the two ends have compared their contracts. Default true.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether both ends have the same contract.</summary>
    public bool IsIdentical => IsKnown && MissingRemotely.Count == 0 && MissingLocally.Count == 0 && ShapeChanged.Count == 0 && Unused.Count == 0;

    /// <summary>Whether each end can read what the other sends of the events that both have.</summary>
    public bool IsCompatible => IsKnown && Incompatible.Count == 0;

    /// <summary>Whether a client may be connected under a policy. Contracts that were not compared satisfy each: policies are about builds, and a Socket.IO client has none.</summary>
    /// <param name="policy">The policy of either end.</param>
    public bool Satisfies(ContractPolicy policy) => !IsKnown || policy switch
    {
        ContractPolicy.Strict => IsIdentical,
        ContractPolicy.Compatible => IsCompatible,
        ContractPolicy.Lenient => true,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "Not a policy."),
    };

    /// <summary>Says what differs.</summary>
    public override string ToString() => !IsKnown ? "unknown" : IsIdentical
        ? "identical"
        : string.Join("; ", new[]
        {
            Say("missing remotely", MissingRemotely),
            Say("missing locally", MissingLocally),
            Say("shape changed", ShapeChanged),
            Say("unused", Unused),
            Say("incompatible", [.. Incompatible.Select(item => $"{item.Event} {item.Detail}")]),
        }.Where(part => part.Length > 0));

    private static string Say(string what, IReadOnlyList<string> events) => events.Count switch
    {
        0 => "",
        <= MaxNamed => $"{what}: {string.Join(", ", events)}",
        _ => $"{what}: {string.Join(", ", events.Take(MaxNamed))} and {events.Count - MaxNamed} more",
    };
}
