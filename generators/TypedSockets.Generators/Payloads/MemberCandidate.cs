using Microsoft.CodeAnalysis;

namespace TypedSockets.Generators.Payloads;

/// <summary>A public property or field that may travel. It holds a symbol, so it lives only while one type is read.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="IntKey">The number that MessagePack-CSharp's attribute gives it; null when it has none.</param>
/// <param name="StringKey">The name that it has in binary formats; null when it has none.</param>
/// <param name="TextName">Its name in text formats; null when it does not travel in those.</param>
/// <param name="IsIgnored">Whether it does not travel at all; a constructor may need a value for it all the same.</param>
internal sealed record MemberCandidate(ISymbol Symbol, int? IntKey, string? StringKey, string? TextName, bool IsIgnored)
{
    public string Name => Symbol.Name;

    public ITypeSymbol Type => Symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)Symbol).Type;

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>How it can be set.</summary>
    public MemberAccess Access => Symbol switch
    {
        IPropertySymbol { SetMethod: { DeclaredAccessibility: Accessibility.Public, IsInitOnly: true } } => MemberAccess.Initializer,
        IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public } => MemberAccess.Public,
        // An accessor for a closed generic type cannot be declared outside of a generic one.
        IPropertySymbol { SetMethod: { } set } when !IsGeneric(set.ContainingType) => MemberAccess.Hidden,
        IFieldSymbol { IsReadOnly: false } => MemberAccess.Public,
        _ => MemberAccess.None,
    };

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.IsGenericType || IsGeneric(type.ContainingType));
}

/// <summary>How a member can be set.</summary>
internal enum MemberAccess
{
    None,

    /// <summary>By anyone at any time.</summary>
    Public,

    /// <summary>By anyone, in an object initializer.</summary>
    Initializer,

    /// <summary>By the type alone.</summary>
    Hidden,
}
