namespace TypedSockets;

/// <summary>How the two ends' builds of one contract compare, by wire name. Immutable.</summary>
/// <param name="MissingRemotely">Events that this end may send and the other end does not have. Sending one fails at once with <see cref="EventNotSupportedException"/>.</param>
/// <param name="MissingLocally">Events that the other end may send and this end does not have.</param>
/// <param name="ShapeChanged">Events that both have, with different parameters or results. Values that were added at the end are compatible; anything else fails when it is read.</param>
public sealed record ContractAgreement(IReadOnlyList<string> MissingRemotely, IReadOnlyList<string> MissingLocally, IReadOnlyList<string> ShapeChanged)
{
    /// <summary>Both ends have the same contract.</summary>
    public static ContractAgreement Identical { get; } = new([], [], []);

    /// <summary>The other end speaks Socket.IO, which compares no contracts.</summary>
    public static ContractAgreement Unknown { get; } = new([], [], []) { IsKnown = false };

    /// <summary>Whether the two ends have compared their contracts. Default true.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether both ends have the same contract.</summary>
    public bool IsIdentical => IsKnown && MissingRemotely.Count == 0 && MissingLocally.Count == 0 && ShapeChanged.Count == 0;

    /// <summary>Says what differs.</summary>
    public override string ToString() => !IsKnown ? "unknown" : IsIdentical
        ? "identical"
        : string.Join("; ", new[] { Say("missing remotely", MissingRemotely), Say("missing locally", MissingLocally), Say("shape changed", ShapeChanged) }.Where(part => part.Length > 0));

    private static string Say(string what, IReadOnlyList<string> events) => events.Count == 0 ? "" : $"{what}: {string.Join(", ", events)}";
}
