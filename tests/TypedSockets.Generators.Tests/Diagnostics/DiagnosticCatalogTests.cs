using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic is complete: it fires on its sample and not on the mended one, and it is documented with exactly these two.</summary>
public sealed class DiagnosticCatalogTests
{
    private static readonly string s_repositoryUrl = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("RepositoryUrl").Single().Value;

    private static readonly CodeFixProvider[] s_codeFixes =
    [
        .. typeof(DocumentCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>Those whose fix changes the source; what changes contracts.lock has tests of its own.</summary>
    public static TheoryData<string> FixableIds => [.. s_codeFixes.OfType<DocumentCodeFix>().SelectMany(provider => provider.FixableDiagnosticIds)];

    public static TheoryData<string> Ids => [.. Descriptors().Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Sample_WithTheViolation_IsReportedOnce(string id)
    {
        var diagnostics = await TestCompiler.Analyze(TestCompiler.CompileWithSymbol("VIOLATION", Sample(id)), Lock(id));

        Assert.Equal(id, Assert.Single(diagnostics).Id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Sample_WithTheFix_CompilesWithoutAWarning(string id)
    {
        var compilation = TestCompiler.Compile(Sample(id));

        // What is compatible is behind the file until it is accepted.
        Assert.DoesNotContain(await TestCompiler.Analyze(compilation, Lock(id, "fixed") ?? Lock(id)), diagnostic => diagnostic.Severity > DiagnosticSeverity.Info || Lock(id, "fixed") is not null);
        var (files, problems) = TestCompiler.Generate(compilation);
        Assert.Single(files);
        Assert.Empty(problems);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_ShowsTheSample(string id)
    {
        var page = Repository.Read("docs", "diagnostics", id + ".md");
        var (violation, fix) = Snippets(id);

        Assert.StartsWith($"# {id}: {Title(id)}\n", page, StringComparison.Ordinal);
        Assert.Contains($"## Violation\n\n{violation}", page, StringComparison.Ordinal);
        Assert.Contains(Lock(id) is { } locked ? $"```text\n{locked}```\n" : "", page, StringComparison.Ordinal);
        Assert.Contains($"\n\n{fix}", page[page.IndexOf("## Fix\n", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("## Why\n", page, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {Title(id)} |\n", Repository.Read("docs", "diagnostics", "README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_LinksToItsPageAndIsInTheReleaseNotes(string id)
    {
        var descriptor = Descriptors().Single(candidate => candidate.Id == id);
        var releases = Repository.Read("generators", "TypedSockets.Generators", "AnalyzerReleases.Shipped.md")
            + Repository.Read("generators", "TypedSockets.Generators", "AnalyzerReleases.Unshipped.md");

        Assert.Equal($"{s_repositoryUrl}/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
        Assert.Contains($"\n{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {Title(id)}\n", releases, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_SaysWhetherThereIsACodeFix(string id) =>
        Assert.Equal(s_codeFixes.Any(provider => provider.FixableDiagnosticIds.Contains(id)), Repository.Read("docs", "diagnostics", id + ".md").Contains("\n## Code fix\n\n", StringComparison.Ordinal));

    /// <summary>The violation that the page shows is one that the fix mends.</summary>
    [Theory]
    [MemberData(nameof(FixableIds))]
    public async Task Sample_IsMendedByItsCodeFix(string id)
    {
        var runner = new CodeFixRunner(s_codeFixes.Single(provider => provider.FixableDiagnosticIds.Contains(id)), id, MessagePackAttributes.Source);
        var violation = "#define VIOLATION\n" + Sample(id);

        var mended = await runner.FixAll(violation);

        Assert.NotEqual(violation, mended);
        await runner.IsMended(mended);
        Assert.Equal(mended, await runner.FixEach(violation));
    }

    [Fact]
    public void NoPageAndNoSample_IsWithoutADescriptor()
    {
        var ids = Descriptors().Select(descriptor => descriptor.Id).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(ids, Names("docs", "TSOCK*.md").ToHashSet(StringComparer.Ordinal));
        Assert.Equal(ids, Names("samples", "TSOCK*.cs", "Diagnostics").ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(string folder, string pattern, string subfolder = "diagnostics") =>
        Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder, subfolder), pattern).Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<DiagnosticDescriptor> Descriptors() => TestCompiler.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics);

    private static string Title(string id) => Descriptors().Single(descriptor => descriptor.Id == id).Title.ToString(CultureInfo.InvariantCulture);

    private static string Sample(string id) => Repository.Read("samples", "Diagnostics", id + ".cs");

    // The file that a sample is compared with; the mended one where the file is what is wrong.
    private static string? Lock(string id, string? kind = null)
    {
        var name = kind is null ? $"{id}.lock" : $"{id}.{kind}.lock";
        return File.Exists(Path.Combine(Repository.Folder, "samples", "Diagnostics", name)) ? Repository.Read("samples", "Diagnostics", name) : null;
    }

    private static (string Violation, string Fix) Snippets(string id)
    {
        if (Lock(id, "fixed") is { } mended)
        {
            return ($"```text\n{Lock(id)}```\n", $"```text\n{mended}```\n");
        }

        var parts = Sample(id).Split(["#if VIOLATION\n", "\n#else\n", "\n#endif\n"], StringSplitOptions.None);
        Assert.Equal(4, parts.Length);
        return ($"```csharp\n{parts[1]}\n```\n", $"```csharp\n{parts[2]}\n```\n");
    }
}
