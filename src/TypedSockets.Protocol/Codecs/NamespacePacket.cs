namespace TypedSockets.Protocol.Codecs;

/// <summary>A decoded packet. Valid as long as the bytes it was decoded from.</summary>
/// <param name="type">What it is.</param>
/// <param name="namespaceNumber">Which namespace it concerns.</param>
/// <param name="eventNumber">The event, for an event or a request; otherwise 0.</param>
/// <param name="ackId">What correlates a request with its answer, for packets that have it; otherwise null.</param>
/// <param name="payload">The MessagePack behind the numbers.</param>
internal readonly ref struct NamespacePacket(NamespacePacketType type, uint namespaceNumber, uint eventNumber, uint? ackId, ReadOnlySpan<byte> payload)
{
    public NamespacePacketType Type { get; } = type;

    public uint NamespaceNumber { get; } = namespaceNumber;

    public uint EventNumber { get; } = eventNumber;

    public uint? AckId { get; } = ackId;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
