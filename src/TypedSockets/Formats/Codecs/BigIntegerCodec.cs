using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>An integer of any size: its bytes, the lowest first, in two's complement; in text a string of its digits.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct BigIntegerCodec : IPayloadCodec<BigInteger>
{
    // The time that it takes to read digits grows faster than their number.
    private const int MaxDigits = 16_384;

    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, BigInteger value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        if (TWriter.IsText)
        {
            writer.WriteString(value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteBinary(value.ToByteArray());
        }
    }

    /// <inheritdoc/>
    public static BigInteger Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        if (!TReader.IsText)
        {
            return new BigInteger(reader.ReadBinary());
        }

        var digits = reader.ReadString();
        return digits.Length <= MaxDigits && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PayloadException($"A string of {digits.Length} characters is not an integer of at most {MaxDigits} digits.");
    }
}
