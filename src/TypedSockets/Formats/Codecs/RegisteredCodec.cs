using System.Diagnostics.CodeAnalysis;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>A value that a formatter serializes which the program has handed to <see cref="PayloadFormatters"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names it.")]
public readonly struct RegisteredCodec<T> : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, T value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        using var buffer = PayloadBuffer.Rent();
        PayloadFormatters.Get<T>().Write(buffer, value);
        writer.WriteSerialized(buffer.Written);
    }

    /// <inheritdoc/>
    public static T Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        var formatter = PayloadFormatters.Get<T>();
        var bytes = reader.ReadSerialized();
        try
        {
            return formatter.Read(bytes);
        }
        catch (Exception exception) when (exception is not PayloadException)
        {
            // Bytes that a formatter does not like are the peer's doing, as they are anywhere else in a payload.
            throw new PayloadException($"The formatter of '{typeof(T)}' could not read {bytes.Length} bytes.", exception);
        }
    }
}
