using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace TypedSockets.Generators.CodeFixes.Editing;

/// <summary>Writes attributes as a person would: as short as the usings allow, on a line of their own below the documentation.</summary>
internal static class Attributes
{
    private const string Suffix = "Attribute";

    /// <summary>How the attribute is written at a place: qualified only as far as is needed there, so no using has to be added.</summary>
    public static string NameAt(SemanticModel model, int position, INamedTypeSymbol attribute)
    {
        var name = attribute.ToMinimalDisplayString(model, position);
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    public static ExpressionSyntax Literal(string value) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    public static ExpressionSyntax Literal(int value) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value));

    /// <summary>A list of one attribute with one argument. Parsed, because what the factory makes asks to be formatted anew, and with it the lines around it.</summary>
    public static AttributeListSyntax List(string name, ExpressionSyntax argument, string target = "") =>
        SyntaxFactory.ParseMemberDeclaration($"[{target}{name}({argument})] int _;")!.AttributeLists[0];

    /// <summary>Puts the attribute before a member and what it has of attributes already: on a line of its own or, where its neighbours or itself have no such lines, on the member's.</summary>
    /// <param name="editor">What to change.</param>
    /// <param name="scope">The document as it was.</param>
    /// <param name="member">The member, in <paramref name="scope"/>.</param>
    /// <param name="list">The attribute.</param>
    public static void Add(SyntaxEditor editor, FixScope scope, MemberDeclarationSyntax member, AttributeListSyntax list)
    {
        var isInline = !BeginsALine(member) || HasNeighboursWithInlineAttributes(member);
        editor.ReplaceNode(member, (current, _) => Add((MemberDeclarationSyntax)current, list, isInline, scope.EndOfLine));
    }

    private static MemberDeclarationSyntax Add(MemberDeclarationSyntax member, AttributeListSyntax list, bool isInline, SyntaxTrivia endOfLine)
    {
        var leading = member.GetLeadingTrivia();
        var indentation = leading.Count > 0 && leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(leading.Last()) : default;
        var rest = member.WithLeadingTrivia(isInline ? default : indentation);
        return rest.WithAttributeLists(rest.AttributeLists.Insert(0, list.WithLeadingTrivia(leading).WithTrailingTrivia(isInline ? SyntaxFactory.Space : endOfLine)));
    }

    private static bool BeginsALine(MemberDeclarationSyntax member)
    {
        var before = member.GetFirstToken().GetPreviousToken();
        return before.RawKind == 0 || before.TrailingTrivia.Concat(member.GetLeadingTrivia()).Any(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
    }

    private static bool HasNeighboursWithInlineAttributes(MemberDeclarationSyntax member) =>
        (member.Parent as TypeDeclarationSyntax)?.Members
            .Where(candidate => candidate.IsKind(member.Kind()))
            .SelectMany(static candidate => candidate.AttributeLists)
            .Select(static list => (bool?)!list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            .FirstOrDefault() is true;
}
