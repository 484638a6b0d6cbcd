using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Use;

/// <summary>Awaits the answer of an event, where the code around it is asynchronous already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitAnswerCodeFix))]
public sealed class AwaitAnswerCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.IgnoredAnswer.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        var statement = scope.FindNode(position)?.FirstAncestorOrSelf<ExpressionStatementSyntax>();
        // What may be null cannot be awaited: 'chat?.Leave()'.
        return statement is { Expression: InvocationExpressionSyntax call } && IsAsync(statement)
            ? new DocumentFix("Await the answer", editor => editor.ReplaceNode(call, (current, _) => Await((ExpressionSyntax)current)))
            : null;
    }

    private static AwaitExpressionSyntax Await(ExpressionSyntax call) =>
        SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutLeadingTrivia()).WithLeadingTrivia(call.GetLeadingTrivia());

    private static bool IsAsync(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
                case LockStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
