using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>Takes the packets of a ts1 message apart (docs/protocol/ts1.md).</summary>
internal static class Ts1Reader
{
    /// <summary>Takes the next packet from the front of <paramref name="message"/>.</summary>
    /// <exception cref="PacketException">The bytes are not a packet.</exception>
    public static NamespacePacket Read(scoped ref ReadOnlySpan<byte> message)
    {
        var rest = message;
        if (!Varint.TryRead(ref rest, out var length) || length > (uint)rest.Length || length < 2)
        {
            throw Unreadable($"its length does not fit the {message.Length} bytes that are left of the message");
        }

        message = rest[(int)length..];
        var packet = rest[1..(int)length];
        var type = (NamespacePacketType)rest[0];
        if (type is > NamespacePacketType.Close and not (NamespacePacketType.Context or NamespacePacketType.TokenWanted or NamespacePacketType.Token or NamespacePacketType.Compare))
        {
            return ReadStream(type, packet);
        }

        var eventNumber = 0u;
        var ack = 0u;
        var hasEvent = type is NamespacePacketType.Event or NamespacePacketType.Request;
        var hasAck = type is >= NamespacePacketType.Request and <= NamespacePacketType.Cancel;
        return Varint.TryRead(ref packet, out var namespaceNumber)
            && (!hasEvent || Varint.TryRead(ref packet, out eventNumber))
            && (!hasAck || Varint.TryRead(ref packet, out ack))
                ? new NamespacePacket(type, namespaceNumber, eventNumber, ack, packet)
                : throw Unreadable(NumbersOf(type));
    }

    private static NamespacePacket ReadStream(NamespacePacketType type, ReadOnlySpan<byte> packet)
    {
        if (type > NamespacePacketType.StreamCancel)
        {
            throw Unreadable($"its type {(byte)type} is unknown");
        }

        return Varint.TryRead(ref packet, out var namespaceNumber) && Varint.TryRead(ref packet, out var ack) && Varint.TryRead(ref packet, out var stream)
            ? new NamespacePacket(type, namespaceNumber, stream, ack, packet)
            : throw Unreadable(NumbersOf(type));
    }

    private static string NumbersOf(NamespacePacketType type) => $"the numbers of its type {type} are cut short or exceed 32 bits";

    private static PacketException Unreadable(string why) => new(new ParseError($"A ts1 packet is malformed: {why}."));
}
