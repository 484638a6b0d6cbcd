using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>A Unicode scalar value: its number, in text a string of one.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct RuneCodec : IPayloadCodec<Rune>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, Rune value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        if (TWriter.IsText)
        {
            writer.WriteString(value.ToString());
        }
        else
        {
            writer.WriteInt32(value.Value);
        }
    }

    /// <inheritdoc/>
    public static Rune Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        if (!TReader.IsText)
        {
            var number = reader.ReadInt32();
            return Rune.IsValid(number) ? new Rune(number) : throw PayloadException.OutOfRange(number.ToString(CultureInfo.InvariantCulture), nameof(Rune));
        }

        var text = reader.ReadString();
        return text.Length > 0 && Rune.TryGetRuneAt(text, 0, out var value) && value.Utf16SequenceLength == text.Length
            ? value
            : throw new PayloadException("A string is not one Unicode scalar value.");
    }
}
