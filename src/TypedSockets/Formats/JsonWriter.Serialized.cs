namespace TypedSockets.Formats;

public ref partial struct JsonWriter
{
    /// <inheritdoc/>
    public void WriteSerialized(ReadOnlySpan<byte> value) => WriteRawJson(value);
}
