using TypedSockets.Events;

namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>The generated serializer with the JSON format.</summary>
internal sealed class GeneratedJsonSubject<T, TCodec> : Subject<T> where TCodec : struct, IPayloadCodec<T>
{
    private readonly PayloadBuffer _buffer = PayloadBuffer.Rent();

    public GeneratedJsonSubject(T value) : base(value)
    {
        Encode(1);
        Payload = _buffer.Written.ToArray();
    }

    public override int Encode(int operations)
    {
        for (; operations > 0; operations--)
        {
            _buffer.Clear();
            var writer = new JsonWriter(_buffer);
            TCodec.Write(ref writer, Value);
            writer.Flush();
        }

        return _buffer.Length;
    }

    public override int Decode(int operations)
    {
        for (; operations > 0; operations--)
        {
            var reader = new JsonReader(Payload, PayloadLimits.Default);
            Decoded = TCodec.Read(ref reader);
            reader.Complete();
        }

        return Payload.Length;
    }
}
