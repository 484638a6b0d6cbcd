using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>Keeps a binary packet whose attachments have not all come. For the receive loop alone; a connection needs one only when its first binary packet comes.</summary>
/// <param name="maxBytes">How much a packet and its attachments may be together.</param>
internal sealed class AttachmentCollector(long maxBytes)
{
    private readonly ReadOnlyMemory<byte>[] _attachments = new ReadOnlyMemory<byte>[TextPacketReader.MaxAttachments];
    private byte[]? _message;
    private int _expected;
    private int _count;
    private long _bytes;

    /// <summary>Whether attachments are still to come; no text may come before them.</summary>
    public bool IsPending => _count < _expected;

    /// <summary>The packet whose attachments are complete. Valid until <see cref="Clear"/>.</summary>
    public SocketIOPacket Packet => TextPacketReader.Read(_message);

    /// <summary>The attachments of <see cref="Packet"/>, each an array of its own. Valid until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Attachments => _attachments.AsSpan(0, _count);

    /// <summary>Checks that a text message may come now.</summary>
    /// <exception cref="SocketIOViolationException">Attachments are to come first.</exception>
    public void ThrowIfPending()
    {
        if (IsPending)
        {
            throw new SocketIOViolationException($"A text message came where {_expected - _count} attachments of the packet before it should.");
        }
    }

    /// <summary>Takes a copy of a packet that announces attachments.</summary>
    /// <param name="message">The message, as <see cref="TextPacketReader"/> reads it.</param>
    /// <param name="packet">The packet in it.</param>
    /// <exception cref="SocketIOViolationException">The payload is not JSON, or a placeholder in it stands for none of the attachments.</exception>
    /// <exception cref="PacketException">The packet is too large.</exception>
    public void Begin(ReadOnlySpan<byte> message, in SocketIOPacket packet)
    {
        ThrowIfPending();
        ThrowIfTooLarge(message.Length);
        if (!packet.Payload.IsEmpty && !JsonSyntax.IsValid(packet.Payload, packet.Attachments))
        {
            throw new SocketIOViolationException("The payload of a binary Socket.IO packet is not JSON, or a placeholder in it stands for no attachment.");
        }

        _message = message.ToArray();
        _bytes = message.Length;
        _expected = packet.Attachments;
        _count = 0;
    }

    /// <summary>Takes a copy of a binary message.</summary>
    /// <returns>Whether it was the last one: <see cref="Packet"/> is complete.</returns>
    /// <exception cref="SocketIOViolationException">No packet has announced it.</exception>
    /// <exception cref="PacketException">The packet becomes too large.</exception>
    public bool Add(ReadOnlySpan<byte> attachment)
    {
        if (!IsPending)
        {
            throw Unannounced();
        }

        ThrowIfTooLarge(_bytes + attachment.Length);
        _bytes += attachment.Length;
        _attachments[_count++] = attachment.ToArray();
        return !IsPending;
    }

    /// <summary>Forgets the packet and its attachments.</summary>
    public void Clear()
    {
        Array.Clear(_attachments);
        _message = null;
        _expected = _count = 0;
        _bytes = 0;
    }

    /// <summary>What is wrong with a binary message that comes when nothing announced it.</summary>
    public static SocketIOViolationException Unannounced() => new("A binary message came that no Socket.IO packet has announced.");

    private void ThrowIfTooLarge(long bytes)
    {
        if (bytes > maxBytes)
        {
            throw new PacketException(new PayloadTooLarge(bytes, maxBytes));
        }
    }
}
