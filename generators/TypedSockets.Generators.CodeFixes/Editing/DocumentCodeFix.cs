using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace TypedSockets.Generators.CodeFixes.Editing;

/// <summary>
/// The base of fixes that edit the document in which the diagnostic stands. One at a time and all at once go the same way: the fixes of a document are found one after the other, so
/// that each sees which names and keys those before it took. The batch fixer of the compiler platform works each out on its own, and would give two members one key.
/// </summary>
public abstract class DocumentCodeFix : CodeFixProvider
{
    private readonly FixAllProvider _fixAll;

    private protected DocumentCodeFix() =>
        _fixAll = FixAllProvider.Create(async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        foreach (var diagnostic in context.Diagnostics)
        {
            var scope = await OpenAsync(document, context.CancellationToken).ConfigureAwait(false);
            if (scope is not null && Find(scope, diagnostic.Location.SourceSpan.Start) is { } fix)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, cancellationToken => FixAsync(document, ImmutableArray.Create(diagnostic), cancellationToken), equivalenceKey: diagnostic.Id),
                    diagnostic);
            }
        }
    }

    /// <summary>Works out the fix of the diagnostic at <paramref name="position"/>; null when there is none that is certain to be right.</summary>
    private protected abstract DocumentFix? Find(FixScope scope, int position);

    private static async Task<FixScope?> OpenAsync(Document document, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null ? null : new FixScope(root, model, cancellationToken);
    }

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await OpenAsync(document, cancellationToken).ConfigureAwait(false) is not { } scope)
        {
            return document;
        }

        var editor = new SyntaxEditor(scope.Root, document.Project.Solution.Services);
        // Two contracts that share a type both report what is wrong with it.
        foreach (var position in Positions(diagnostics))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Find(scope, position)?.Apply(editor);
        }

        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private static IEnumerable<int> Positions(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Select(static diagnostic => diagnostic.Location.SourceSpan.Start).Distinct().OrderBy(static position => position);
}
