using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>Bytes in one or more pieces; they are read in one.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct ByteSequenceCodec : IPayloadCodec<ReadOnlySequence<byte>>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, ReadOnlySequence<byte> value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteBinary(value.IsSingleSegment ? value.FirstSpan : value.ToArray());

    /// <inheritdoc/>
    public static ReadOnlySequence<byte> Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        new(reader.ReadByteArray());
}
