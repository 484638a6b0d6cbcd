using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>A complex number: its real and its imaginary part.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct ComplexCodec : IPayloadCodec<Complex>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, Complex value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginArray(2);
        writer.WriteDouble(value.Real);
        writer.WriteDouble(value.Imaginary);
        writer.EndArray();
    }

    /// <inheritdoc/>
    public static Complex Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        var left = reader.BeginArray();
        if (!reader.HasNext(ref left))
        {
            throw PayloadException.Missing("Complex.Real");
        }

        var real = reader.ReadDouble();
        if (!reader.HasNext(ref left))
        {
            throw PayloadException.Missing("Complex.Imaginary");
        }

        var imaginary = reader.ReadDouble();
        reader.EndArray(left);
        return new Complex(real, imaginary);
    }
}
