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
    /// <param name="serverEvents">The server's build: what it handles.</param>
    /// <param name="clientEvents">The server's build: what it sends.</param>
    public static EventNumbers Mapped(uint namespaceNumber, ContractShape client, IReadOnlyList<EventShape> serverEvents, IReadOnlyList<EventShape> clientEvents)
    {
        var routes = Map(client.ServerEvents, serverEvents);
        var toLocal = Map(clientEvents, client.ClientEvents);
        var agreement = new ContractAgreement(
            [.. Missing(client.ServerEvents, routes)],
            [.. Missing(clientEvents, toLocal)],
            [.. Changed(client.ServerEvents, serverEvents, routes), .. Changed(clientEvents, client.ClientEvents, toLocal)]);
        return new EventNumbers(client, Side.Client, namespaceNumber, [.. routes.Select(number => number < 0 ? null : new EventRoute(namespaceNumber, (uint)number))], toLocal, agreement);
    }

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

    private static int[] Map(IReadOnlyList<EventShape> from, IReadOnlyList<EventShape> to) => [.. from.Select(shape => IndexOf(to, shape.Name))];

    private static int IndexOf(IReadOnlyList<EventShape> events, string name)
    {
        for (var index = 0; index < events.Count; index++)
        {
            if (events[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }

    private static IEnumerable<string> Missing(IReadOnlyList<EventShape> events, int[] map) => events.Where((_, index) => map[index] < 0).Select(shape => shape.Name);

    private static IEnumerable<string> Changed(IReadOnlyList<EventShape> events, IReadOnlyList<EventShape> others, int[] map) =>
        events.Where((shape, index) => map[index] >= 0 && others[map[index]].Fingerprint != shape.Fingerprint).Select(shape => shape.Name);
}
