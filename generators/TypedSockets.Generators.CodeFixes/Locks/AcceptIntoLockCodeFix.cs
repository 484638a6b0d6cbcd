using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Locks;

namespace TypedSockets.Generators.CodeFixes.Locks;

/// <summary>Writes a contract as it is now into <c>contracts.lock</c>. The diagnostic brings the description, so what is written is what was compared.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AcceptIntoLockCodeFix))]
public sealed class AcceptIntoLockCodeFix : CodeFixProvider
{
    private const string Key = nameof(AcceptIntoLockCodeFix);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        Descriptors.LockedContract.Id, Descriptors.LockedEvent.Id, Descriptors.LockedPayload.Id, Descriptors.NarrowChange.Id, Descriptors.LockBehind.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => AllContracts.Instance;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        foreach (var diagnostic in context.Diagnostics.Where(static diagnostic => diagnostic.Properties.ContainsKey(LockAnalysis.DescriptionProperty)))
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    diagnostic.Id == Descriptors.LockBehind.Id ? $"Accept into {LockFile.Name}" : $"Accept into {LockFile.Name}, although deployed peers may not understand it",
                    cancellationToken => AcceptAsync(project.Solution, project.Id, [diagnostic], cancellationToken),
                    equivalenceKey: Key),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static async Task<Solution> AcceptAsync(Solution solution, ProjectId projectId, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var file = solution.GetProject(projectId)?.AdditionalDocuments.FirstOrDefault(static document => Path.GetFileName(document.FilePath ?? document.Name) == LockFile.Name);
        if (file is null)
        {
            return solution;
        }

        var current = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var text = current.ToString();
        foreach (var properties in diagnostics.Select(static diagnostic => diagnostic.Properties))
        {
            // All diagnostics of one contract bring the same.
            if (properties.TryGetValue(LockAnalysis.DescriptionProperty, out var description) && description is not null)
            {
                text = LockFile.Replace(text, properties[LockAnalysis.FormerProperty], description);
            }
        }

        return solution.WithAdditionalDocumentText(file.Id, SourceText.From(text, current.Encoding));
    }

    /// <summary>Accepts every contract of a document, a project or the solution: the changes are all in one file of each project, which the batch fixer cannot merge.</summary>
    private sealed class AllContracts : FixAllProvider
    {
        public static readonly AllContracts Instance = new();

        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(CodeAction.Create(
            $"Accept all into {LockFile.Name}",
            async cancellationToken =>
            {
                var solution = fixAllContext.Solution;
                var projects = fixAllContext.Scope is FixAllScope.Solution ? solution.Projects : [fixAllContext.Project];
                foreach (var project in projects)
                {
                    var diagnostics = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                        ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                        : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                    solution = await AcceptAsync(solution, project.Id, diagnostics, cancellationToken).ConfigureAwait(false);
                }

                return solution;
            },
            equivalenceKey: Key));
    }
}
