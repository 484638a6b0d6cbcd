using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>An integer of 128 bits with sign, as a string of its digits.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct Int128Codec : IPayloadCodec<Int128>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, Int128 value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteString(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public static Int128 Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        Int128.TryParse(reader.ReadString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PayloadException("A string is not an integer of 128 bits.");
}
