using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs.SocketIO;

namespace TypedSockets.Client.Namespaces;

/// <summary>Events that came before their namespace was connected, as a Socket.IO server sends what a client missed; bounded. For the receive loop alone.</summary>
/// <param name="maxBytes">How many bytes of all namespaces are held.</param>
internal sealed class EarlyEvents(long maxBytes)
{
    // What holding an event costs beside its bytes, so that a flood of empty ones counts too.
    private const int OverheadBytes = 64;

    private readonly List<Held> _held = [];
    private long _bytes;

    /// <summary>Takes a copy of an event. Returns false when that would be too much.</summary>
    /// <param name="index">The namespace, by its place among those of the socket.</param>
    /// <param name="packet">The event.</param>
    /// <param name="attachments">Its attachments, each an array of its own.</param>
    public bool TryAdd(int index, scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        long bytes = OverheadBytes + packet.Name.Length + packet.Arguments.Length;
        foreach (var attachment in attachments)
        {
            bytes += attachment.Length;
        }

        if (_bytes + bytes > maxBytes)
        {
            return false;
        }

        _bytes += bytes;
        _held.Add(new Held(index, bytes, packet.Type, packet.AckId, packet.Name.ToArray(), packet.NameForm, packet.Arguments.ToArray(), attachments.ToArray()));
        return true;
    }

    /// <summary>A namespace is connected: hands its events on, in order.</summary>
    public void Replay(int index, EventChannel channel)
    {
        foreach (var held in _held.FindAll(held => held.Index == index))
        {
            channel.Receive(new SocketIOPacket { Type = held.Type, AckId = held.AckId, Name = held.Name, NameForm = held.NameForm, Arguments = held.Arguments }, held.Attachments);
        }

        Drop(index);
    }

    /// <summary>A namespace is refused: forgets its events.</summary>
    public void Drop(int index)
    {
        _held.RemoveAll(held => held.Index == index);
        _bytes = _held.Sum(static held => held.Bytes);
    }

    private sealed record Held(int Index, long Bytes, SocketIOPacketType Type, uint? AckId, byte[] Name, EventNameForm NameForm, byte[] Arguments, ReadOnlyMemory<byte>[] Attachments);
}
