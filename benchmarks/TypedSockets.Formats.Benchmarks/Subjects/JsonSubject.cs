using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>System.Text.Json with source generation, its writer reused.</summary>
internal sealed class JsonSubject<T> : Subject<T>
{
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly JsonTypeInfo<T> _type;

    public JsonSubject(T value, JsonTypeInfo<T> type) : base(value)
    {
        _type = type;
        Encode(1);
        Payload = _buffer.WrittenSpan.ToArray();
    }

    public override int Encode(int operations)
    {
        using var writer = new Utf8JsonWriter(_buffer);
        for (; operations > 0; operations--)
        {
            _buffer.ResetWrittenCount();
            writer.Reset();
            JsonSerializer.Serialize(writer, Value, _type);
        }

        return _buffer.WrittenCount;
    }

    public override int Decode(int operations)
    {
        for (; operations > 0; operations--)
        {
            Decoded = JsonSerializer.Deserialize(Payload, _type);
        }

        return Payload.Length;
    }
}
