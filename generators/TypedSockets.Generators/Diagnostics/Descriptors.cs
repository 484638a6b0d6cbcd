using Microsoft.CodeAnalysis;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>
/// All diagnostics. 00xx is the shape of a contract, 01xx its events, 02xx payloads, 03xx registration and use. An id is never used again; a new one comes with a line in AnalyzerReleases.Unshipped.md, a
/// page in docs/diagnostics and a sample in samples/Diagnostics, and a test checks that it does.
/// </summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "TSOCK0001",
        "A contract and the types around it must be partial",
        "'{0}' must be partial: the generator adds the two ends of contract '{1}' to it");

    public static readonly DiagnosticDescriptor NotServerEvents = Error(
        "TSOCK0002",
        "A contract must derive from IServerEvents of itself",
        "Contract '{0}' must derive from IServerEvents<{0}, TClient> exactly once, where TClient is the interface of the events that its clients handle");

    public static readonly DiagnosticDescriptor GenericContract = Error(
        "TSOCK0003",
        "A contract cannot be generic",
        "Contract '{0}' is generic or nested in a generic type; a contract has one set of wire types, so declare one contract for each");

    public static readonly DiagnosticDescriptor InaccessibleContract = Error(
        "TSOCK0004",
        "A contract must be accessible in its assembly",
        "Contract '{0}' cannot be reached from generated code, because '{1}' is private, protected or file-local; make it internal or public");

    public static readonly DiagnosticDescriptor BadNamespace = Error(
        "TSOCK0005",
        "The namespace of a contract is not valid",
        "Namespace '{0}' of contract '{1}' is not valid: it starts with '/' and has no comma, question mark, white space or control character");

    public static readonly DiagnosticDescriptor MissingAttribute = Error(
        "TSOCK0006",
        "A contract needs the attribute EventContract",
        "'{0}' derives from IServerEvents but is not marked [EventContract], so nothing is generated for it");

    public static readonly DiagnosticDescriptor LockedContract = Error(
        "TSOCK0007",
        "A change of a contract breaks deployed peers",
        "Contract '{0}': {1}. {2}, or accept it into contracts.lock once no deployed peer needs it");

    public static readonly DiagnosticDescriptor LockedEvent = Error(
        "TSOCK0008",
        "A change of an event breaks deployed peers",
        "Event '{0}' {1}. {2}, or accept it into contracts.lock once no deployed peer needs it");

    public static readonly DiagnosticDescriptor LockedPayload = Error(
        "TSOCK0009",
        "A change of what events carry breaks deployed peers",
        "Type '{0}' {1}. {2}, or accept it into contracts.lock once no deployed peer needs it");

    public static readonly DiagnosticDescriptor NarrowChange = Warning(
        "TSOCK0010",
        "Some deployed peers cannot follow a change",
        "'{0}' {1}. {2}, or accept it into contracts.lock if no deployed peer is concerned");

    public static readonly DiagnosticDescriptor LockBehind = Create(
        "TSOCK0011",
        "contracts.lock is behind",
        "contracts.lock does not know contract '{0}' as it is: {1}. Deployed peers understand it; accept it into contracts.lock before it is released",
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor BadLock = Error(
        "TSOCK0012",
        "contracts.lock cannot be read",
        "contracts.lock cannot be read: {0}");

    public static readonly DiagnosticDescriptor NotAnEvent = Error(
        "TSOCK0101",
        "A contract declares public instance methods only",
        "'{0}' is {1}; every event of a contract is a public instance method");

    public static readonly DiagnosticDescriptor GenericEvent = Error(
        "TSOCK0102",
        "An event cannot be generic",
        "Event '{0}' is generic; the types of its payload must be known when the contract is compiled");

    public static readonly DiagnosticDescriptor UnsupportedReturnType = Error(
        "TSOCK0103",
        "The return type of an event is not supported",
        "Event '{0}' returns '{1}'; a one-way event returns void, an acknowledged one Task or ValueTask, one with a reply Task<T> or ValueTask<T>, one that streams IAsyncEnumerable<T>");

    public static readonly DiagnosticDescriptor StreamOutOfPlace = Error(
        "TSOCK0104",
        "A stream is out of place",
        "Stream '{1}' of event '{0}' cannot travel: {2}");

    public static readonly DiagnosticDescriptor CancellationTokenNotLast = Error(
        "TSOCK0105",
        "An event takes one cancellation token, as its last parameter",
        "Cancellation token '{1}' of event '{0}' must be the only one and the last parameter");

    public static readonly DiagnosticDescriptor UnsupportedParameter = Error(
        "TSOCK0106",
        "The parameters of an event are plain values",
        "Parameter '{1}' of event '{0}' is marked '{2}'; arguments cross the wire by value, so declare it without");

    public static readonly DiagnosticDescriptor DuplicateWireName = Error(
        "TSOCK0107",
        "Two events have the same name on the wire",
        "Events '{0}' and '{1}' both have the wire name '{2}'; give one of them another name with [Event(\"...\")]");

    public static readonly DiagnosticDescriptor BadWireName = Error(
        "TSOCK0108",
        "The wire name of an event is not valid",
        "Wire name '{1}' of event '{0}' {2}");

    public static readonly DiagnosticDescriptor TakenName = Error(
        "TSOCK0109",
        "An event of the server cannot be called Contract",
        "Event '{0}' has the name of the property that is generated beside it; rename the method, and keep the wire name with [Event(\"Contract\")] if peers know it");

    public static readonly DiagnosticDescriptor AnsweredEventIsReliable = Error(
        "TSOCK0120",
        "An event that is answered can be neither replaced nor dropped",
        "Event '{0}' has Delivery.{1}, and its caller waits for it; only an event that returns void can be replaced or dropped while it waits to be sent");

    public static readonly DiagnosticDescriptor KeyWithoutLatest = Error(
        "TSOCK0121",
        "Only an event with Delivery.Latest has a conflation key",
        "Parameter '{1}' of event '{0}' is marked [ConflationKey], by which only events with Delivery.Latest are compared; declare the event so, or remove the attribute");

    public static readonly DiagnosticDescriptor IncomparableKey = Error(
        "TSOCK0122",
        "A conflation key has one form as bytes",
        "Parameter '{1}' of event '{0}' cannot be a conflation key: two values of '{2}' that are equal may differ as bytes; mark a boolean, integer, character, string, enum, Guid, DateOnly, TimeOnly or TimeSpan");

    public static readonly DiagnosticDescriptor BadFault = Error(
        "TSOCK0130",
        "An event cannot declare this fault",
        "Fault '{0}' of event '{1}' {2}");

    public static readonly DiagnosticDescriptor BadTimeout = Error(
        "TSOCK0131",
        "The timeout of an event is not valid",
        "Event '{0}' {1}");

    public static readonly DiagnosticDescriptor BadConcurrency = Error(
        "TSOCK0132",
        "What may run beside the handler of an event is not clear",
        "Event '{0}' {1}");

    public static readonly DiagnosticDescriptor UnsupportedPayload = Error(
        "TSOCK0201",
        "A type cannot be serialized",
        "{0}: type '{1}' cannot be serialized: {2}");

    public static readonly DiagnosticDescriptor NoUsableConstructor = Error(
        "TSOCK0202",
        "A type has no constructor that can be used to read it",
        "{0}: type '{1}' cannot be read: no public constructor has parameters that all match a public property or field by name and type");

    public static readonly DiagnosticDescriptor MissingKey = Error(
        "TSOCK0203",
        "A member of a MessagePack object has no key",
        "'{0}' needs [Key], or [IgnoreMember] to leave it out: '{1}' is marked [MessagePackObject], so the keys say where its members stand");

    public static readonly DiagnosticDescriptor DuplicateKey = Error(
        "TSOCK0204",
        "Two members have the same key",
        "Members '{1}' and '{2}' of '{0}' both have the key '{3}'; give one of them another one");

    public static readonly DiagnosticDescriptor MixedKeys = Error(
        "TSOCK0205",
        "The keys of a type are numbers or names, not both",
        "Type '{0}' has a number as the key of '{1}' and a name as the key of '{2}'; an object travels as an array or as a map");

    public static readonly DiagnosticDescriptor BadUnion = Error(
        "TSOCK0206",
        "The types of a union cannot be told apart",
        "Union '{0}' {1}");

    public static readonly DiagnosticDescriptor BadFormatter = Error(
        "TSOCK0207",
        "A payload formatter does not fit its type",
        "'{0}' cannot format '{1}': {2}");

    public static readonly DiagnosticDescriptor InternedNotString = Error(
        "TSOCK0208",
        "Only strings can be interned",
        "{0}: [Interned] is for a string, and this is '{1}'");

    public static readonly DiagnosticDescriptor BadMemberName = Error(
        "TSOCK0209",
        "The name of a member is not valid",
        "The name of '{0}' {1}; names are written as they are, so choose one that needs no escaping");

    public static readonly DiagnosticDescriptor DuplicateTextName = Error(
        "TSOCK0210",
        "Two members have the same name in JSON",
        "Members '{1}' and '{2}' of '{0}' both have the JSON name '{3}'; give one of them another one with [JsonPropertyName]");

    public static readonly DiagnosticDescriptor KeyOutOfRange = Error(
        "TSOCK0211",
        "The key of a member is out of range",
        "'{0}' has the key {1}; keys are from 0 to {2}, because an array has a place for each number below the highest");

    public static readonly DiagnosticDescriptor IgnoredAnswer = Warning(
        "TSOCK0301",
        "The answer of an event is ignored",
        "Nobody waits for the answer of '{0}', so nobody hears that it failed; await it, or assign it to '_' where that is meant");

    public static readonly DiagnosticDescriptor BlockingHandler = Warning(
        "TSOCK0302",
        "A handler blocks",
        "Handler '{0}' blocks at '{1}': it holds up everything that its connection receives, and what it waits for may be among that; {2}");

    public static readonly DiagnosticDescriptor UnhandledReason = Warning(
        "TSOCK0303",
        "A switch over disconnect reasons forgets some",
        "The switch does not handle {0}; add what is missing, or a default that says what becomes of the others");

    public static readonly DiagnosticDescriptor HubWithoutContract = Warning(
        "TSOCK0304",
        "A hub implements no contract of its clients",
        "Hub '{0}' sends the events of '{1}' and implements no contract whose clients handle them, so no client's events reach it; implement {2}");

    private const string Category = "TypedSockets";

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpLink.Of(id));
}
