using Microsoft.CodeAnalysis;

namespace TypedSockets.Generators.Contracts;

/// <summary>How symbols are named in generated code and recognised in a contract's.</summary>
internal static class SymbolNames
{
    /// <summary>A namespace or type with keywords escaped and without <c>global::</c>.</summary>
    public static readonly SymbolDisplayFormat Escaped = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat s_qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The type as generated code writes it, nullability included.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(s_qualified);

    /// <summary>Whether this is the type, or a closed form of the generic type, with that metadata name.</summary>
    public static bool HasMetadataName(this INamedTypeSymbol type, string metadataName) => type.MetadataFullName() == metadataName;

    /// <summary>The namespace and metadata name; null for a nested type, since none is ever looked for.</summary>
    public static string? MetadataFullName(this INamedTypeSymbol type)
    {
        if (type.ContainingType is not null)
        {
            return null;
        }

        var ns = type.ContainingNamespace;
        return ns is null || ns.IsGlobalNamespace ? type.MetadataName : ns.ToDisplayString() + "." + type.MetadataName;
    }
}
