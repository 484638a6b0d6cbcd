namespace TypedSockets.Protocol.Codecs;

/// <summary>A decoded packet. Valid as long as the bytes it was decoded from.</summary>
/// <param name="type">What it is.</param>
/// <param name="namespaceNumber">Which namespace it concerns.</param>
/// <param name="eventNumber">The event, for an event or a request; the stream, for a packet about one; otherwise 0.</param>
/// <param name="ack">What correlates a request with its answer, for packets that have it; otherwise 0.</param>
/// <param name="payload">The MessagePack behind the numbers.</param>
internal readonly ref struct NamespacePacket(NamespacePacketType type, uint namespaceNumber, uint eventNumber, uint ack, ReadOnlySpan<byte> payload)
{
    public NamespacePacketType Type { get; } = type;

    public uint NamespaceNumber { get; } = namespaceNumber;

    public uint EventNumber => eventNumber;

    /// <summary>What correlates a request with its answer; null for packets that are not answered.</summary>
    public uint? AckId => Type is >= NamespacePacketType.Request and <= NamespacePacketType.Cancel ? ack : null;

    /// <summary>What correlates a packet about a stream with the request that has it.</summary>
    public uint Ack => ack;

    /// <summary>Which stream of a request a packet is about: 0 for its answer, and from 1 on what it takes.</summary>
    public uint StreamNumber => eventNumber;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
