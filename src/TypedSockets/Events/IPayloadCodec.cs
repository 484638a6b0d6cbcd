using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>Reads and writes one type in any format. The generator writes one such struct for each type that an event returns.</summary>
/// <typeparam name="T">The type.</typeparam>
public interface IPayloadCodec<T>
{
    /// <summary>Writes <paramref name="value"/>.</summary>
    static abstract void Write<TWriter>(ref TWriter writer, T value) where TWriter : struct, IFormatWriter, allows ref struct;

    /// <summary>Reads one value.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type, or exceed a limit.</exception>
    static abstract T Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct;
}
