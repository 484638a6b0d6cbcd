using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Codecs;

/// <summary>
/// Arguments or a result as they travelled. Valid as long as the bytes below.
/// </summary>
/// <param name="codec">The codec, which also says the format: MessagePack in ts1, JSON in Socket.IO, whose own MessagePack has been turned over. A result is a value in ts1 and the first of an array in Socket.IO.</param>
/// <param name="bytes">The bytes.</param>
/// <param name="attachments">What placeholders in JSON stand for.</param>
internal readonly ref struct PayloadBytes(EventCodec codec, ReadOnlySpan<byte> bytes, ReadOnlySpan<ReadOnlyMemory<byte>> attachments = default)
{
    public EventCodec Codec { get; } = codec;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ReadOnlySpan<ReadOnlyMemory<byte>> Attachments { get; } = attachments;

    /// <summary>What they belong to at the caller's end; null where it did not say.</summary>
    public CallerTrace? Caller { get; init; }
}
