using System;
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
    public static bool HasMetadataName(this INamedTypeSymbol type, string metadataName)
    {
        // Asked of every attribute and every type of a payload, so it makes no string to compare.
        if (type.ContainingType is not null || !metadataName.EndsWith(type.MetadataName, StringComparison.Ordinal))
        {
            return false;
        }

        var length = metadataName.Length - type.MetadataName.Length;
        for (var ns = type.ContainingNamespace; ns is { IsGlobalNamespace: false }; ns = ns.ContainingNamespace)
        {
            var start = length - 1 - ns.Name.Length;
            if (start < 0 || metadataName[length - 1] != '.' || string.CompareOrdinal(metadataName, start, ns.Name, 0, ns.Name.Length) != 0)
            {
                return false;
            }

            length = start;
        }

        return length == 0;
    }

    /// <summary>The namespace and metadata name; null for a nested type, since none is ever looked for.</summary>
    public static string? MetadataFullName(this INamedTypeSymbol type) => type.ContainingType is null ? Prefix(type.ContainingNamespace) + type.MetadataName : null;

    private static string Prefix(INamespaceSymbol? ns) => ns is { IsGlobalNamespace: false } ? Prefix(ns.ContainingNamespace) + ns.Name + "." : "";
}
