using System.Buffers;

namespace TypedSockets.Formats;

/// <summary>
/// Serializes one type for the program that registered it with <see cref="PayloadFormatters"/>. Its bytes travel as bytes in binary formats and as they are in text formats, so they
/// have to be one JSON value if clients of Socket.IO take part. Called from many threads at once.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
public interface IPayloadFormatter<T>
{
    /// <summary>Writes <paramref name="value"/>, which is not null unless the type is nullable.</summary>
    void Write(IBufferWriter<byte> output, T value);

    /// <summary>Reads a value. Whatever it throws counts as a payload that cannot be read. The bytes are valid until it returns.</summary>
    T Read(ReadOnlySpan<byte> payload);
}
