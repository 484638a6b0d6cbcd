namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>Hand-written MessagePack.</summary>
internal sealed class HandWrittenSubject<T, TSerializer> : Subject<T> where TSerializer : struct, IHandWritten<T>
{
    private readonly PayloadBuffer _buffer = PayloadBuffer.Rent();

    public HandWrittenSubject(T value) : base(value)
    {
        Encode(1);
        Payload = _buffer.Written.ToArray();
    }

    public override int Encode(int operations)
    {
        for (; operations > 0; operations--)
        {
            _buffer.Clear();
            TSerializer.Write(_buffer, Value);
        }

        return _buffer.Length;
    }

    public override int Decode(int operations)
    {
        for (; operations > 0; operations--)
        {
            Decoded = TSerializer.Read(Payload);
        }

        return Payload.Length;
    }
}
