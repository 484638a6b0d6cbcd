using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Events;

/// <summary>Moves the cancellation token of an event to the end; where there is one already, removes the other. Handlers and callers are left for their author: the compiler names them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveCancellationTokenCodeFix))]
public sealed class MoveCancellationTokenCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.CancellationTokenNotLast.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        if (scope.FindNode(position) is not ParameterSyntax { Parent: ParameterListSyntax list } token
            || scope.Model.GetDeclaredSymbol(token, scope.CancellationToken) is not { } symbol
            || list.Parameters.Last() is var last && (last == token || last.Modifiers.Any(SyntaxKind.ParamsKeyword))
            // A comment at the end of a line is about what stands on it; what a person makes of it after the move is not certain.
            || list.DescendantTrivia().Any(static trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)))
        {
            return null;
        }

        var index = list.Parameters.IndexOf(token);
        var name = token.Identifier.ValueText;
        var hasOther = list.Parameters.Skip(index + 1).Any(other =>
            SymbolEqualityComparer.Default.Equals((scope.Model.GetDeclaredSymbol(other, scope.CancellationToken) as IParameterSymbol)?.Type, (symbol as IParameterSymbol)?.Type));
        return hasOther
            ? new DocumentFix($"Remove the cancellation token '{name}'", editor => editor.ReplaceNode(list, (current, _) => Remove((ParameterListSyntax)current, name)))
            : new DocumentFix($"Move the cancellation token '{name}' to the end", editor => editor.ReplaceNode(list, (current, _) => MoveToEnd((ParameterListSyntax)current, name)));
    }

    // By name, because fixes before this one may have changed the list.
    private static int IndexOf(ParameterListSyntax list, string name) => list.Parameters.IndexOf(parameter => parameter.Identifier.ValueText == name);

    private static ParameterListSyntax Remove(ParameterListSyntax list, string name)
    {
        var index = IndexOf(list, name);
        var parameters = list.Parameters.ToList();
        var separators = list.Parameters.GetSeparators().ToList();
        // What follows steps into the place of what goes, so the layout of the list stays.
        parameters[index + 1] = InPlaceOf(parameters[index + 1], parameters[index]);
        parameters.RemoveAt(index);
        separators.RemoveAt(index);
        return list.WithParameters(SyntaxFactory.SeparatedList(parameters, separators));
    }

    private static ParameterListSyntax MoveToEnd(ParameterListSyntax list, string name)
    {
        var index = IndexOf(list, name);
        var places = list.Parameters;
        var order = new List<ParameterSyntax>(places.Where((_, at) => at != index)) { places[index] };
        if (order[order.Count - 1].Default is null && order[order.Count - 2].Default is not null)
        {
            order[order.Count - 1] = WithDefault(order[order.Count - 1]);
        }

        var moved = list.WithParameters(SyntaxFactory.SeparatedList(order.Select((parameter, at) => InPlaceOf(parameter, places[at])), places.GetSeparators()));
        return MoveCommentsBefore(list, moved, index);
    }

    // A comment before a parameter is part of the comma or parenthesis before it, as long as it stands on the same line.
    private static ParameterListSyntax MoveCommentsBefore(ParameterListSyntax list, ParameterListSyntax moved, int index)
    {
        var comments = TokensBefore(list).Select(static token => token.TrailingTrivia.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToList()).ToList();
        if (comments.All(static trivia => trivia.Count == 0) || comments.Any(static trivia => trivia.Any(static item => item.IsKind(SyntaxKind.EndOfLineTrivia))))
        {
            return moved;
        }

        comments.Add(comments[index]);
        comments.RemoveAt(index);
        var places = TokensBefore(moved).ToList();
        return moved.ReplaceTokens(places, (token, _) =>
        {
            var at = places.IndexOf(token);
            return token.WithTrailingTrivia(at == 0 ? comments[at] : comments[at].Prepend(SyntaxFactory.Space));
        });
    }

    private static IEnumerable<SyntaxToken> TokensBefore(ParameterListSyntax list) => list.Parameters.GetSeparators().Prepend(list.OpenParenToken);

    // Behind optional parameters there may be optional ones only.
    private static ParameterSyntax WithDefault(ParameterSyntax parameter)
    {
        var equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        return parameter
            .WithIdentifier(parameter.Identifier.WithTrailingTrivia())
            .WithDefault(SyntaxFactory.EqualsValueClause(equals, SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression)))
            .WithTrailingTrivia(parameter.GetTrailingTrivia());
    }

    // White space belongs to the place, comments to the parameter.
    private static ParameterSyntax InPlaceOf(ParameterSyntax parameter, ParameterSyntax place)
    {
        if (IsWhiteSpace(parameter.GetLeadingTrivia()) && IsWhiteSpace(place.GetLeadingTrivia()))
        {
            parameter = parameter.WithLeadingTrivia(place.GetLeadingTrivia());
        }

        return IsWhiteSpace(parameter.GetTrailingTrivia()) && IsWhiteSpace(place.GetTrailingTrivia()) ? parameter.WithTrailingTrivia(place.GetTrailingTrivia()) : parameter;
    }

    private static bool IsWhiteSpace(SyntaxTriviaList trivia) => trivia.All(static item => item.IsKind(SyntaxKind.WhitespaceTrivia) || item.IsKind(SyntaxKind.EndOfLineTrivia));
}
