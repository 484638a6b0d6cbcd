using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>
/// All that the emitters need to know about one contract. It is compared by value and kept between edits, so neither it nor what it is made of may hold a symbol, a syntax
/// node, a location or a compilation: each would keep a whole compilation alive and never be equal to the next one.
/// </summary>
/// <param name="Name">The interface's name.</param>
/// <param name="FullName">The interface's name with its namespace and containing types, for people and for the file's name.</param>
/// <param name="CodeNamespace">The C# namespace that declares it; empty for the global one.</param>
/// <param name="ContainingTypes">The headers of the types that it is nested in, outermost first, such as <c>class Contracts</c>.</param>
/// <param name="ServerType">How generated code names the interface.</param>
/// <param name="ClientType">How generated code names the interface of the client's events.</param>
/// <param name="Namespace">The namespace on the wire.</param>
/// <param name="Authentication">What the two ends say when a client connects; null where everybody may.</param>
/// <param name="Description">What it looks like on the wire, with the names in C#; see <see cref="ContractDescriber"/>.</param>
/// <param name="Fingerprint">Covers both directions.</param>
/// <param name="ServerEvents">Sorted by wire name; the index is the id.</param>
/// <param name="ClientEvents">Sorted by wire name; the index is the id.</param>
/// <param name="Codecs">The types that need code of their own to be written and read, in the order in which they were met.</param>
internal sealed record ContractModel(
    string Name,
    string FullName,
    string CodeNamespace,
    EquatableArray<string> ContainingTypes,
    string ServerType,
    string ClientType,
    string Namespace,
    AuthenticationModel? Authentication,
    string Description,
    ulong Fingerprint,
    EquatableArray<EventModel> ServerEvents,
    EquatableArray<EventModel> ClientEvents,
    EquatableArray<CodecModel> Codecs);
