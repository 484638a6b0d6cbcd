using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>Does in this process what an editor does: analyzes a document, asks for the fixes of a diagnostic, and applies one or all.</summary>
internal sealed class CodeFixRunner(CodeFixProvider provider, string id, params string[] otherDocuments)
{
    public bool HasImplicitUsings { get; init; } = true;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Whether each kind of diagnostic has a fix, in the order of the source.</summary>
    public async Task<string[]> Titles(string source)
    {
        var titles = new List<string>();
        var document = Open(source);
        foreach (var diagnostic in await Diagnostics(document))
        {
            titles.AddRange((await Actions(document, diagnostic)).Select(action => action.Title));
        }

        return [.. titles];
    }

    /// <summary>Applies the fix of the first diagnostic.</summary>
    public async Task<string> FixFirst(string source)
    {
        var document = Open(source);
        var diagnostic = (await Diagnostics(document))[0];
        return await Apply(Assert.Single(await Actions(document, diagnostic)), document);
    }

    /// <summary>Fixes the first diagnostic until there is none that has a fix, one at a time as a person does.</summary>
    public async Task<string> FixEach(string source)
    {
        for (var step = 0; step < 20; step++)
        {
            var document = Open(source);
            if (await Diagnostics(document) is not [var first, ..])
            {
                return source;
            }

            source = await Apply(Assert.Single(await Actions(document, first)), document);
        }

        Assert.Fail($"{id} is still reported after 20 fixes:\n{source}");
        return source;
    }

    /// <summary>Fixes all in the document at once.</summary>
    public async Task<string> FixAll(string source)
    {
        var document = Open(source);
        var diagnostics = await Diagnostics(document);
        var context = new FixAllContext(document, provider, FixAllScope.Document, diagnostics[0].Id, [id], new Found(diagnostics), Cancelled);
        var action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        return await Apply(Assert.IsAssignableFrom<CodeAction>(action), document);
    }

    /// <summary>Checks that a document has no diagnostic of the id, and compiles without a warning.</summary>
    public async Task IsMended(string source)
    {
        var document = Open(source);

        Assert.Empty(await Diagnostics(document));
        Assert.Empty(TestCompiler.Generate(await Compile(document)).Problems);
    }

    private Document Open(string source)
    {
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Sample",
            "Sample",
            LanguageNames.CSharp,
            compilationOptions: TestCompiler.Options(),
            parseOptions: TestCompiler.ParseOptions(),
            metadataReferences: TestCompiler.References));
        foreach (var other in HasImplicitUsings ? otherDocuments.Prepend(TestCompiler.ImplicitUsings) : otherDocuments)
        {
            project = project.AddDocument($"Other{project.DocumentIds.Count}.cs", other).Project;
        }

        return project.AddDocument("Sample.cs", source);
    }

    private async Task<ImmutableArray<Diagnostic>> Diagnostics(Document document)
    {
        var tree = await document.GetSyntaxTreeAsync(Cancelled);
        var all = await TestCompiler.Analyze(await Compile(document));
        return [.. all.Where(diagnostic => diagnostic.Id == id && diagnostic.Location.SourceTree == tree)];
    }

    private static async Task<CSharpCompilation> Compile(Document document) => (CSharpCompilation)(await document.Project.GetCompilationAsync(Cancelled))!;

    private async Task<List<CodeAction>> Actions(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), Cancelled));
        return actions;
    }

    private static async Task<string> Apply(CodeAction action, Document document)
    {
        var change = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(Cancelled)));
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync(Cancelled)).ToString();
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
