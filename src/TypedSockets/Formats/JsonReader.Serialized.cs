namespace TypedSockets.Formats;

public ref partial struct JsonReader
{
    /// <inheritdoc/>
    public string ReadInternedString() => ReadString();

    /// <inheritdoc/>
    public bool IsNextString() => Next() == '"';

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadSerialized() => ReadRawJson();
}
