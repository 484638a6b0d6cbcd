using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSockets.Generators.CodeFixes.Editing;

/// <summary>The modifier <c>partial</c>, which stands right before the keyword of the type.</summary>
internal static class PartialModifier
{
    public static bool IsOn(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);

    public static TypeDeclarationSyntax Add(TypeDeclarationSyntax type)
    {
        if (IsOn(type))
        {
            return type;
        }

        var modifier = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.WithModifiers(type.Modifiers.Add(modifier))
            : type.WithModifiers(SyntaxFactory.TokenList(modifier.WithLeadingTrivia(type.Keyword.LeadingTrivia))).WithKeyword(type.Keyword.WithLeadingTrivia());
    }
}
