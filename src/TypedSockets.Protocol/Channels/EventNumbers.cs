using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels;

/// <summary>
/// How the numbers of events on the wire, which are the server's, map to this end's compiled ids. Immutable; one for each namespace of a server, one for each connection of a client.
/// </summary>
internal sealed class EventNumbers
{
    private readonly EventRoute?[] _routes;
    private readonly int[]? _toLocal;
    private readonly ContractShape _shape;
    private readonly Side _side;
    private SocketIONames? _socketIO;

    private EventNumbers(ContractShape shape, Side side, uint namespaceNumber, EventRoute?[] routes, int[]? toLocal, ContractAgreement agreement)
    {
        _shape = shape;
        _side = side;
        NamespaceNumber = namespaceNumber;
        _routes = routes;
        _toLocal = toLocal;
        Agreement = agreement;
    }

    public uint NamespaceNumber { get; }

    public ContractAgreement Agreement { get; }

    /// <summary>
    /// Whether a Socket.IO server keeps the namespace's events for clients that come back, and gives those that it keeps an offset: what is written without one has none. Set before the
    /// first client.
    /// </summary>
    public bool HaveOffsets { get; set; }

    /// <summary>The names in place of the numbers, for sessions that speak Socket.IO. Made when the first one does.</summary>
    public SocketIONames SocketIO => Volatile.Read(ref _socketIO) ?? MakeSocketIO();

    /// <summary>The compiled ids are the numbers on the wire: on a server always, on a client when its contract is the server's.</summary>
    /// <param name="namespaceNumber">The server's number of the namespace.</param>
    /// <param name="shape">The contract.</param>
    /// <param name="side">Which end this is.</param>
    /// <param name="agreement">How the two ends' contracts compare.</param>
    public static EventNumbers Identical(uint namespaceNumber, ContractShape shape, Side side, ContractAgreement agreement)
    {
        var outgoing = side is Side.Server ? shape.ClientEvents : shape.ServerEvents;
        return new(shape, side, namespaceNumber, [.. Enumerable.Range(0, outgoing.Count).Select(id => new EventRoute(namespaceNumber, (uint)id))], null, agreement);
    }

    /// <summary>On a client whose contract differs from the server's: maps by wire name.</summary>
    /// <param name="namespaceNumber">The server's number of the namespace.</param>
    /// <param name="client">The client's build of the contract.</param>
    /// <param name="map">How it belongs together with the server's.</param>
    public static EventNumbers Mapped(uint namespaceNumber, ContractShape client, EventMap map) => new(
        client,
        Side.Client,
        namespaceNumber,
        [.. map.ToServer.Select(number => number < 0 ? null : new EventRoute(namespaceNumber, (uint)number))],
        map.ToClient,
        map.Agreement);

    /// <summary>On a server, for one client whose contract differs: the same numbers, but for the events that the client does not have or would misread.</summary>
    /// <param name="agreement">How the client's contract compares.</param>
    public EventNumbers For(ContractAgreement agreement)
    {
        var withheld = agreement.MissingRemotely.Concat(agreement.Incompatible.Where(item => item.HandledBy is Side.Client).Select(item => item.Event)).ToHashSet();
        return new(_shape, _side, NamespaceNumber, [.. _routes.Select((route, id) => withheld.Contains(_shape.ClientEvents[id].Name) ? null : route)], _toLocal, agreement);
    }

    /// <summary>Why an event of this end cannot be sent to the peer, as the end of a sentence.</summary>
    public string WhyNot(string name) => Agreement.Incompatible.FirstOrDefault(item => item.Event == name && item.HandledBy != _side) is { } item
        ? $"the server's build of the contract {item.Detail}, and one end would misread it."
        : "the peer's build of the contract does not have it.";

    /// <summary>Where an event of this end goes; null when the peer does not have it.</summary>
    public EventRoute? RouteOf(int eventId) => _routes[eventId];

    /// <summary>The compiled id of an event that came in; negative when the peer's build of the contract has it and this end's does not.</summary>
    /// <exception cref="PacketException">There is no such event.</exception>
    public int ToLocal(uint number, ContractShape shape, int localCount)
    {
        if (number >= (uint)(_toLocal?.Length ?? localCount))
        {
            throw new PacketException(new ParseError($"Contract '{shape.Name}' has no incoming event number {number}."));
        }

        return _toLocal is null ? (int)number : _toLocal[number];
    }

    // Apart from the property, which every event asks, and must not make the closure.
    private SocketIONames MakeSocketIO() => LazyInitializer.EnsureInitialized(ref _socketIO, () => _side is Side.Server
        ? new SocketIONames(_shape.Namespace, _shape.ClientEvents, _shape.ServerEvents)
        : new SocketIONames(_shape.Namespace, _shape.ServerEvents, _shape.ClientEvents));
}
