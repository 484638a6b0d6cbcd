namespace TypedSockets;

/// <summary>What two ends compare when they connect: the wire names of a contract and the fingerprints of what travels under them. Written by the generator; immutable.</summary>
/// <param name="Name">The C# name of the contract, for messages to people; it is not compared.</param>
/// <param name="Namespace">The namespace in which both ends meet.</param>
/// <param name="Fingerprint">Covers every event of both directions; equal fingerprints mean equal contracts.</param>
/// <param name="ServerEvents">The events that the server handles, sorted by wire name (ordinal); an event's index is its compiled id.</param>
/// <param name="ClientEvents">The events that the client handles, sorted by wire name (ordinal); an event's index is its compiled id.</param>
public sealed record ContractShape(string Name, string Namespace, ulong Fingerprint, IReadOnlyList<EventShape> ServerEvents, IReadOnlyList<EventShape> ClientEvents)
{
    /// <summary>
    /// Says what travels, with the names in C#, as <c>contracts.lock</c> has it. A server sends it to a client whose build differs, to find out which events the two can use between them.
    /// Default empty: then an event that differs counts as incompatible.
    /// </summary>
    public string Description { get; init; } = "";
}
