namespace TypedSockets.Formats;

/// <summary>
/// A format that generated serializers read; the counterpart of <see cref="IFormatWriter"/>. Every method throws <see cref="PayloadException"/> when the next bytes are not what
/// it reads or a limit is exceeded, and allocates nothing but the value that it returns.
/// </summary>
public interface IFormatReader
{
    /// <inheritdoc cref="IFormatWriter.IsText"/>
    static abstract bool IsText { get; }

    /// <summary>Reads the absence of a value if that comes next; otherwise reads nothing and returns false.</summary>
    bool TryReadNil();

    /// <summary>Whether a string comes next. Reads nothing. In a text format every key of a map is one.</summary>
    bool IsNextString();

    /// <summary>Reads a boolean.</summary>
    bool ReadBoolean();

    /// <summary>Reads an integer that must fit 8 bits.</summary>
    byte ReadByte();

    /// <summary>Reads an integer that must fit 8 bits with sign.</summary>
    sbyte ReadSByte();

    /// <summary>Reads an integer that must fit 16 bits with sign.</summary>
    short ReadInt16();

    /// <summary>Reads an integer that must fit 16 bits.</summary>
    ushort ReadUInt16();

    /// <summary>Reads an integer that must fit 32 bits with sign.</summary>
    int ReadInt32();

    /// <summary>Reads an integer that must fit 32 bits.</summary>
    uint ReadUInt32();

    /// <summary>Reads an integer that must fit 64 bits with sign.</summary>
    long ReadInt64();

    /// <summary>Reads an integer that must fit 64 bits.</summary>
    ulong ReadUInt64();

    /// <summary>Reads a number of half precision.</summary>
    Half ReadHalf();

    /// <summary>Reads a number of single precision.</summary>
    float ReadSingle();

    /// <summary>Reads a number of double precision.</summary>
    double ReadDouble();

    /// <summary>Reads a decimal number.</summary>
    decimal ReadDecimal();

    /// <summary>Reads a UTF-16 code unit.</summary>
    char ReadChar();

    /// <summary>Reads a string; a nil is an error.</summary>
    string ReadString();

    /// <summary>
    /// Reads a string that is often the same, such as the name of a room; a nil is an error. It equals what <see cref="ReadString"/> returns, but comes without an allocation when a
    /// table of recent short strings has it. Every reader of the process shares the table and what it holds, so this is not for secrets.
    /// </summary>
    string ReadInternedString();

    /// <summary>Reads bytes. The span is valid until the reader's buffer is reused.</summary>
    ReadOnlySpan<byte> ReadBinary();

    /// <summary>Reads bytes into a new array.</summary>
    byte[] ReadByteArray();

    /// <summary>Reads a value that <see cref="IFormatWriter.WriteSerialized"/> wrote. The span is valid until the reader's buffer is reused.</summary>
    ReadOnlySpan<byte> ReadSerialized();

    /// <summary>Reads a GUID.</summary>
    Guid ReadGuid();

    /// <summary>Reads a point in time; the result is UTC.</summary>
    DateTime ReadDateTime();

    /// <summary>Reads a point in time with its offset.</summary>
    DateTimeOffset ReadDateTimeOffset();

    /// <summary>Reads a date.</summary>
    DateOnly ReadDateOnly();

    /// <summary>Reads a time of day.</summary>
    TimeOnly ReadTimeOnly();

    /// <summary>Reads a duration.</summary>
    TimeSpan ReadTimeSpan();

    /// <summary>
    /// Begins an object whose members are told apart by their order, and returns how many follow. Binary formats only: in a text format every object has names
    /// (<see cref="BeginNamedObject"/>). Counts against the depth limit until <see cref="EndObject"/>.
    /// </summary>
    int BeginObject();

    /// <summary>Ends the innermost object.</summary>
    /// <param name="unread">How many members were not read, because this end does not know them; they are skipped. Zero or less when none were.</param>
    void EndObject(int unread = 0);

    /// <summary>
    /// Begins an object whose members have names. While <see cref="HasNext"/>, a name follows (<see cref="ReadName"/>), and then its value. Counts against the depth limit until
    /// <see cref="EndObject"/>.
    /// </summary>
    /// <returns>How many members follow; -1 when the format does not say.</returns>
    int BeginNamedObject();

    /// <summary>Reads the name of the member whose value follows, as UTF-8. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadName();

    /// <summary>
    /// Begins a list. While <see cref="HasNext"/>, an element follows. A count that exceeds the limit, or the bytes that are left, is an error, so a caller may allocate for the
    /// count. Counts against the depth limit until <see cref="EndArray"/>.
    /// </summary>
    /// <returns>How many elements follow; -1 when the format does not say.</returns>
    int BeginArray();

    /// <summary>Ends the innermost list.</summary>
    /// <param name="unread">How many elements were not read; they are skipped. Zero or less when none were, or when the format does not say: then all that are left are skipped.</param>
    void EndArray(int unread = 0);

    /// <summary>Begins a map. While <see cref="HasNext"/>, an entry follows. Checked as <see cref="BeginArray"/> checks. Counts against the depth limit until <see cref="EndMap"/>.</summary>
    /// <returns>How many entries follow; -1 when the format does not say.</returns>
    int BeginMap();

    /// <summary>The next value, a simple one, is the key of an entry.</summary>
    void BeginKey();

    /// <summary>The key has been read; its value follows.</summary>
    void EndKey();

    /// <summary>Ends the innermost map.</summary>
    void EndMap();

    /// <summary>Whether another element, entry or named member follows in the innermost list, map or object.</summary>
    /// <param name="left">What the beginning of the list, map or object returned; counted down where it is a count.</param>
    bool HasNext(ref int left);

    /// <summary>Skips one value of any kind.</summary>
    void Skip();

    /// <summary>Checks that the whole payload has been read. A dispatcher calls it between the last argument and the handler.</summary>
    void Complete();
}
