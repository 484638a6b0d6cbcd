namespace TypedSockets.Tool.TypeScript;

/// <summary>Writes types as TypeScript, and notes which aliases the file needs for them.</summary>
internal sealed class TypePrinter
{
    private readonly HashSet<WireAlias> _used = [];

    public bool IsUsed(WireAlias alias) => _used.Contains(alias);

    public string Print(TypeExpression type) => type switch
    {
        KeywordType keyword => keyword.Word,
        DeclaredType declared => declared.Declaration.Name,
        WireType wire => Print(wire.Alias),
        NullableType { Core: KeywordType { Word: "unknown" } } => "unknown",
        NullableType nullable => Print(nullable.Core) + " | null",
        ArrayType { Element: NullableType } array => $"({Print(array.Element)})[]",
        ArrayType array => Print(array.Element) + "[]",
        TupleType tuple => $"[{string.Join(", ", tuple.Elements.Select(Element))}]",
        MapType { Key: null } map => $"{{ [key: string]: {Print(map.Value)} }}",
        MapType map => $"{{ [key in {Print(map.Key!)}]?: {Print(map.Value)} }}",
        _ => throw new InvalidOperationException($"A type of kind '{type.GetType().Name}' has no form in TypeScript."),
    };

    private string Element((string? Name, TypeExpression Type) element) => element.Name is null ? Print(element.Type) : $"{TypeScriptText.Parameter(element.Name)}: {Print(element.Type)}";

    private string Print(WireAlias alias)
    {
        _used.Add(alias);
        return alias.Name;
    }
}
