namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>A decoded packet, of text or of MessagePack. Valid as long as the bytes it was decoded from.</summary>
internal readonly ref struct SocketIOPacket
{
    public SocketIOPacketType Type { get; init; }

    /// <summary>Which namespace it concerns, as UTF-8, without a query.</summary>
    public ReadOnlySpan<byte> Namespace { get; init; }

    /// <summary>What correlates an event with its answer; null where none is expected, and in an answer to nothing.</summary>
    public uint? AckId { get; init; }

    /// <summary>How many binary messages belong to the packet and follow it.</summary>
    public int Attachments { get; init; }

    /// <summary>
    /// The packet's data in its format: an object, for CONNECT_ERROR perhaps a string, for an event or an acknowledgement an array. Empty where the packet has none. Of JSON no more
    /// has been checked than its first byte and the name of an event; MessagePack is well-formed.
    /// </summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The name of an event, as <see cref="NameForm"/> says. <see cref="EventPayload"/> resolves it.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    public EventNameForm NameForm { get; init; }

    /// <summary>What stands behind the name of an event: in text up to the end of the array, its bracket included, and empty where there are no arguments; in MessagePack the arguments.</summary>
    public ReadOnlySpan<byte> Arguments { get; init; }

    /// <summary>How many arguments an event has, where the format says: in MessagePack.</summary>
    public int ArgumentCount { get; init; }
}
