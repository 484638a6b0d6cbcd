using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>An integer of 128 bits without sign, as a string of its digits.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct UInt128Codec : IPayloadCodec<UInt128>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, UInt128 value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteString(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public static UInt128 Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        UInt128.TryParse(reader.ReadString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PayloadException("A string is not an integer of 128 bits without a sign.");
}
