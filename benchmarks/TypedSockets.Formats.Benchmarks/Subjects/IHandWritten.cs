namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>A serializer of one type as a careful person writes it for that type alone.</summary>
internal interface IHandWritten<T>
{
    static abstract void Write(PayloadBuffer buffer, T value);

    static abstract T Read(ReadOnlySpan<byte> payload);
}
