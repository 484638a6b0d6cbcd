namespace TypedSockets.Formats;

/// <summary>
/// A format that generated serializers write. They are generic over it, and a format is a struct, so the runtime compiles each serializer once for each format and no call is virtual.
/// </summary>
public interface IFormatWriter
{
    /// <summary>
    /// Whether the format is text, as JSON is: the members of every object have names, keys of maps are strings, and lists end where their end stands. The value is a constant,
    /// so the branch of a serializer that a format does not take is not even compiled.
    /// </summary>
    static abstract bool IsText { get; }

    /// <summary>Writes the absence of a value.</summary>
    void WriteNil();

    /// <summary>Writes a boolean.</summary>
    void WriteBoolean(bool value);

    /// <summary>Writes a signed integer of up to 32 bits.</summary>
    void WriteInt32(int value);

    /// <summary>Writes a signed integer, or an unsigned one of up to 32 bits.</summary>
    void WriteInt64(long value);

    /// <summary>Writes an unsigned integer of 64 bits.</summary>
    void WriteUInt64(ulong value);

    /// <summary>Writes a number of half precision.</summary>
    void WriteHalf(Half value);

    /// <summary>Writes a number of single precision.</summary>
    void WriteSingle(float value);

    /// <summary>Writes a number of double precision.</summary>
    void WriteDouble(double value);

    /// <summary>Writes a decimal number, keeping its scale.</summary>
    void WriteDecimal(decimal value);

    /// <summary>Writes a UTF-16 code unit.</summary>
    void WriteChar(char value);

    /// <summary>Writes a string.</summary>
    void WriteString(string value);

    /// <summary>Writes bytes.</summary>
    void WriteBinary(ReadOnlySpan<byte> value);

    /// <summary>Writes a value that something else has serialized: in a text format it must be one value of that format and is written as it is, in a binary one as bytes.</summary>
    void WriteSerialized(ReadOnlySpan<byte> value);

    /// <summary>Writes a GUID.</summary>
    void WriteGuid(Guid value);

    /// <summary>Writes a point in time as UTC; a local time is converted, and an unspecified one counts as UTC.</summary>
    void WriteDateTime(DateTime value);

    /// <summary>Writes a point in time with its offset.</summary>
    void WriteDateTimeOffset(DateTimeOffset value);

    /// <summary>Writes a date.</summary>
    void WriteDateOnly(DateOnly value);

    /// <summary>Writes a time of day.</summary>
    void WriteTimeOnly(TimeOnly value);

    /// <summary>Writes a duration.</summary>
    void WriteTimeSpan(TimeSpan value);

    /// <summary>
    /// Begins an object of <paramref name="members"/> members. In a text format each member is preceded by its name (<see cref="WriteName"/>); in a binary one they are told apart
    /// by their order, and no name is written.
    /// </summary>
    void BeginObject(int members);

    /// <summary>Begins an object of <paramref name="members"/> members that has their names in every format: each is preceded by <see cref="WriteName"/>.</summary>
    void BeginNamedObject(int members);

    /// <summary>Writes the name of the member whose value follows.</summary>
    /// <param name="name">UTF-8, without quotation marks, backslashes and control characters: a text format writes it as it is.</param>
    void WriteName(ReadOnlySpan<byte> name);

    /// <summary>Ends the innermost object.</summary>
    void EndObject();

    /// <summary>Begins a list of <paramref name="count"/> elements.</summary>
    void BeginArray(int count);

    /// <summary>Ends the innermost list.</summary>
    void EndArray();

    /// <summary>Begins a map of <paramref name="count"/> entries, each a key, between <see cref="BeginKey"/> and <see cref="EndKey"/>, followed by its value.</summary>
    void BeginMap(int count);

    /// <summary>The next value, a simple one, is the key of an entry.</summary>
    void BeginKey();

    /// <summary>The key has been written; its value follows.</summary>
    void EndKey();

    /// <summary>Ends the innermost map.</summary>
    void EndMap();
}
