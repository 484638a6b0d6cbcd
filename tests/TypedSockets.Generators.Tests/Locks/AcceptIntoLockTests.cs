using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.CodeFixes.Locks;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Locks;

/// <summary>The fix writes what was compared into contracts.lock, and nothing else.</summary>
public sealed class AcceptIntoLockTests
{
    private static readonly string s_changedGame = Sources.Game.Replace("int x, int y", "int y", StringComparison.Ordinal);
    private static readonly string s_grownChat = Sources.Chat.Replace("void Typing(string room);", "void Typing(string room, bool stopped = false);", StringComparison.Ordinal);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fix_OfOneContract_LeavesTheOthers()
    {
        var document = Open(Lock.Of(Sources.Chat, Sources.Game), s_grownChat, s_changedGame);
        var breaking = (await Diagnostics(document)).First(diagnostic => diagnostic.Id == "TSOCK0008");

        var accepted = await Apply(await Action(document, breaking), document);

        Assert.Equal(Lock.Of(Sources.Chat, s_changedGame), accepted);
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task FixAll_AcceptsEveryContract_AndThenNothingIsReported(FixAllScope scope)
    {
        var document = Open(Lock.Of(Sources.Chat, Sources.Game), s_grownChat, s_changedGame);
        var diagnostics = await Diagnostics(document);
        Assert.Equal(["TSOCK0008", "TSOCK0008", "TSOCK0011"], diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
        var context = new FixAllContext(document, new AcceptIntoLockCodeFix(), scope, "AcceptIntoLockCodeFix", diagnostics.Select(diagnostic => diagnostic.Id).Distinct(), new Found(diagnostics), Cancelled);

        var accepted = await Apply(Assert.IsAssignableFrom<CodeAction>(await new AcceptIntoLockCodeFix().GetFixAllProvider().GetFixAsync(context)), document);

        Assert.Equal(Lock.Of(s_grownChat, s_changedGame), accepted);
        Assert.Empty(await TestCompiler.Analyze((CSharpCompilation)(await document.Project.GetCompilationAsync(Cancelled))!, accepted));
    }

    [Fact]
    public async Task Fix_OfAnEmptyFile_WritesIt()
    {
        var document = Open("", Sources.Game);

        Assert.Equal(Lock.Of(Sources.Game), await Apply(await Action(document, Assert.Single(await Diagnostics(document))), document));
    }

    [Fact]
    public async Task Fix_OfAContractThatHasBeenRenamed_ReplacesTheOldOne()
    {
        var renamed = Sources.Game.Replace("IGameServer", "IArenaServer", StringComparison.Ordinal);
        var document = Open(Lock.Of(Sources.Game), renamed);

        Assert.Equal(Lock.Of(renamed), await Apply(await Action(document, Assert.Single(await Diagnostics(document))), document));
    }

    [Fact]
    public async Task Title_SaysWhetherDeployedPeersUnderstand()
    {
        var document = Open(Lock.Of(Sources.Chat, Sources.Game), s_grownChat, s_changedGame);
        var titles = new HashSet<string>();
        foreach (var diagnostic in await Diagnostics(document))
        {
            titles.Add((await Action(document, diagnostic)).Title);
        }

        Assert.Equal(["Accept into contracts.lock", "Accept into contracts.lock, although deployed peers may not understand it"], titles.Order(StringComparer.Ordinal));
    }

    private static Document Open(string lockText, params string[] sources)
    {
        var project = new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Sample",
            "Sample",
            LanguageNames.CSharp,
            compilationOptions: TestCompiler.Options(),
            parseOptions: TestCompiler.ParseOptions(),
            metadataReferences: TestCompiler.References));
        project = project.AddAdditionalDocument("contracts.lock", lockText, filePath: "/project/contracts.lock").Project;
        project = project.AddDocument("Usings.cs", TestCompiler.ImplicitUsings).Project;
        return project.AddDocument("Sample.cs", string.Join("\n", sources.Select(Nested))).Project.Documents.Last();
    }

    // Several namespaces in one file.
    private static string Nested(string source)
    {
        var end = source.IndexOf(';', StringComparison.Ordinal);
        return $"{source[..end]} {{ {source[(end + 1)..]} }}";
    }

    private static async Task<ImmutableArray<Diagnostic>> Diagnostics(Document document)
    {
        var file = await document.Project.AdditionalDocuments.Single().GetTextAsync(Cancelled);
        return await TestCompiler.Analyze((CSharpCompilation)(await document.Project.GetCompilationAsync(Cancelled))!, file.ToString());
    }

    private static async Task<CodeAction> Action(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await new AcceptIntoLockCodeFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), Cancelled));
        return Assert.Single(actions);
    }

    private static async Task<string> Apply(CodeAction action, Document document)
    {
        var change = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(Cancelled)));
        var solution = change.ChangedSolution;
        Assert.Equal(await document.GetTextAsync(Cancelled), await solution.GetDocument(document.Id)!.GetTextAsync(Cancelled));
        return (await solution.GetProject(document.Project.Id)!.AdditionalDocuments.Single().GetTextAsync(Cancelled)).ToString();
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
