using System.Text;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>What a contract's namespace and events are called in Socket.IO's packets, prepared once. Immutable.</summary>
internal sealed class SocketIONames
{
    private readonly SocketIORoute[] _routes;
    private readonly (byte[] Name, int EventId)[] _incoming;

    public SocketIONames(string @namespace, IReadOnlyList<EventShape> outgoing, IReadOnlyList<EventShape> incoming)
    {
        Namespace = new SocketIONamespace(@namespace);
        _routes = [.. outgoing.Select(shape => new SocketIORoute(Namespace, shape.Name))];
        _incoming = [.. incoming.Select((shape, eventId) => (Encoding.UTF8.GetBytes(shape.Name), eventId))];
        // The events are sorted by UTF-16 units, which is another order where there are surrogates.
        Array.Sort(_incoming, (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
    }

    public SocketIONamespace Namespace { get; }

    /// <summary>What stands in front of an outgoing event's arguments.</summary>
    public SocketIORoute RouteOf(int eventId) => _routes[eventId];

    /// <summary>The compiled id of an incoming event; -1 when the contract has none of this name.</summary>
    public int FindIncoming(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, _incoming.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (_incoming[middle].Name.AsSpan().SequenceCompareTo(name))
            {
                case 0:
                    return _incoming[middle].EventId;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return -1;
    }
}
