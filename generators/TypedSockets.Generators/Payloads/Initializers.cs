using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSockets.Generators.Payloads;

/// <summary>Tells whether a new object may come with a value for a member that its constructor does not take.</summary>
internal static class Initializers
{
    /// <summary>Whether the member has an initializer, a constructor may set it, or nobody can tell, since the type comes from another assembly.</summary>
    public static bool MayBeInitialized(ISymbol member, INamedTypeSymbol type) =>
        HasInitializer(member) || HasWrittenConstructor(member.ContainingType) || HasWrittenConstructor(type);

    private static bool HasInitializer(ISymbol member) => member.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is
        PropertyDeclarationSyntax { Initializer: not null } or VariableDeclaratorSyntax { Initializer: not null });

    private static bool HasWrittenConstructor(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Length == 0
        || type.InstanceConstructors.Any(static constructor => constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is ConstructorDeclarationSyntax));
}
