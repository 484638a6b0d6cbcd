using System.Text;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>Where an outgoing event goes, prepared once: what packets have in front of its arguments. Immutable.</summary>
internal sealed class SocketIORoute
{
    private readonly byte[] _textHead;

    /// <param name="namespace">The namespace.</param>
    /// <param name="event">The wire name of the event; not one of <see cref="ReservedEvents"/>.</param>
    public SocketIORoute(SocketIONamespace @namespace, string @event)
    {
        if (ReservedEvents.Contains(Encoding.UTF8.GetBytes(@event)))
        {
            throw new ArgumentException($"Event '{@event}' cannot be sent: Socket.IO reserves the name.", nameof(@event));
        }

        Namespace = @namespace;
        Event = @event;
        using var buffer = PayloadBuffer.Rent();
        var writer = new JsonWriter(buffer);
        writer.WriteString(@event);
        writer.Flush();
        _textHead = [(byte)'[', .. buffer.Written];
    }

    public SocketIONamespace Namespace { get; }

    public string Event { get; }

    /// <summary>The beginning of the array of a text packet: its bracket and the name of the event.</summary>
    public ReadOnlySpan<byte> TextHead => _textHead;

    public override string ToString() => $"{Namespace} {Event}";
}
