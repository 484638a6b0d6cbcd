namespace TypedSockets.Formats.Benchmarks.Subjects;

/// <summary>One way of encoding and decoding one kind of payload. The loop is inside, so that what is measured is not the call.</summary>
internal abstract class Subject
{
    /// <summary>What <see cref="Encode"/> writes.</summary>
    public byte[] Payload { get; protected set; } = [];

    /// <summary>Encodes the payload again and again into one buffer.</summary>
    public abstract int Encode(int operations);

    /// <summary>Decodes <see cref="Payload"/> again and again.</summary>
    public abstract int Decode(int operations);
}

/// <summary>A subject that encodes values of one type.</summary>
internal abstract class Subject<T>(T value) : Subject
{
    protected T Value { get; } = value;

    /// <summary>The last value decoded; that it is kept makes sure that it is made.</summary>
    public T? Decoded { get; protected set; }
}
