namespace TypedSockets.Generators.Payloads;

/// <summary>A value that a format writes and reads by one method. The names are those of the reader's methods, and they stand in fingerprints: never rename one.</summary>
internal enum Scalar
{
    Boolean,
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Half,
    Single,
    Double,
    Decimal,
    Char,
    String,
    Binary,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
}
