namespace TypedSockets.Formats;

/// <summary>
/// A format that generated serializers read; the counterpart of <see cref="IFormatWriter"/>. Every method throws <see cref="PayloadException"/> when the next bytes are not what
/// it reads or a limit is exceeded, and allocates nothing but the value that it returns.
/// </summary>
public interface IFormatReader
{
    /// <summary>Reads the absence of a value if that comes next; otherwise reads nothing and returns false.</summary>
    bool TryReadNil();

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

    /// <summary>Reads bytes. The span is valid until the reader's buffer is reused.</summary>
    ReadOnlySpan<byte> ReadBinary();

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

    /// <summary>Begins an object and returns how many members follow. Counts against the depth limit until <see cref="EndObject"/>.</summary>
    int BeginObject();

    /// <summary>Ends the innermost object.</summary>
    /// <param name="unread">How many members were not read, because this end does not know them; they are skipped. Zero or less when none were.</param>
    void EndObject(int unread);

    /// <summary>
    /// Begins a list and returns how many elements follow. A count that exceeds the limit, or the bytes that are left, is an error, so a caller may allocate for the count.
    /// Counts against the depth limit until <see cref="EndArray"/>.
    /// </summary>
    int BeginArray();

    /// <summary>Ends the innermost list.</summary>
    /// <param name="unread">How many elements were not read; they are skipped. Zero or less when none were.</param>
    void EndArray(int unread = 0);

    /// <summary>Begins a map and returns how many entries follow, checked as <see cref="BeginArray"/> checks. Counts against the depth limit until <see cref="EndMap"/>.</summary>
    int BeginMap();

    /// <summary>Ends the innermost map.</summary>
    void EndMap();

    /// <summary>Skips one value of any kind.</summary>
    void Skip();

    /// <summary>Checks that the whole payload has been read. A dispatcher calls it between the last argument and the handler.</summary>
    void Complete();
}
