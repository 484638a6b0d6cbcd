namespace TypedSockets.Generators.Payloads;

/// <summary>How a value of some type is written and read at the place where it stands: by a method of the format, or by a codec.</summary>
/// <param name="Type">The type as written in C#, nullability included.</param>
/// <param name="NonNullType">The type without its outer nullability.</param>
/// <param name="IsNullable">Whether nil stands for null; anywhere else nil is an error.</param>
/// <param name="IsValueType">Whether the type has a default to take when the value is missing.</param>
/// <param name="Conversion">What stands between the C# type and the format's.</param>
/// <param name="Scalar">The format's method; for an enum that of its underlying integer. Null when <paramref name="Codec"/> is set.</param>
/// <param name="Codec">The name of the codec; null when <paramref name="Scalar"/> is set.</param>
internal sealed record ValueModel(string Type, string NonNullType, bool IsNullable, bool IsValueType, Conversion Conversion, Scalar? Scalar, string? Codec);

/// <summary>What stands between a C# type and the type that the format's method takes and returns.</summary>
internal enum Conversion
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A cast, to and from an enum.</summary>
    Enum,

    /// <summary>Nothing to write; a new array to read.</summary>
    Array,

    /// <summary>The span of the memory, and a new array in the other direction.</summary>
    Memory,

    /// <summary>Nothing to write; a cast of a new array to read.</summary>
    Segment,

    /// <summary>Nothing to write; read as a string that may have been read before.</summary>
    Interned,
}
