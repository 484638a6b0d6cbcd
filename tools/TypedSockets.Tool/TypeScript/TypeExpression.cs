namespace TypedSockets.Tool.TypeScript;

/// <summary>A type as TypeScript writes it at the place where it is used.</summary>
internal abstract record TypeExpression
{
    public static TypeExpression Boolean { get; } = new KeywordType("boolean");

    public static TypeExpression Number { get; } = new KeywordType("number");

    public static TypeExpression String { get; } = new KeywordType("string");

    public static TypeExpression Unknown { get; } = new KeywordType("unknown");
}

/// <summary>A type that TypeScript has a word for.</summary>
internal sealed record KeywordType(string Word) : TypeExpression;

/// <summary>One of the names that this tool gives to strings and numbers, for what their text means.</summary>
internal sealed record WireType(WireAlias Alias) : TypeExpression;

/// <summary>A type that is declared in the same file.</summary>
internal sealed record DeclaredType(Declaration Declaration) : TypeExpression;

/// <summary>A list.</summary>
internal sealed record ArrayType(TypeExpression Element) : TypeExpression;

/// <summary>The type or null.</summary>
internal sealed record NullableType(TypeExpression Core) : TypeExpression;

/// <summary>An array of a fixed number of elements; either each has a name or none has.</summary>
internal sealed record TupleType(IReadOnlyList<(string? Name, TypeExpression Type)> Elements) : TypeExpression;

/// <summary>An object whose names are keys.</summary>
/// <param name="Key">The only keys there are; null when any string is one.</param>
/// <param name="Value">What stands behind each.</param>
internal sealed record MapType(TypeExpression? Key, TypeExpression Value) : TypeExpression;
