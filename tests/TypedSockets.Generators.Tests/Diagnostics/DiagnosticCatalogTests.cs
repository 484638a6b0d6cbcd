using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Diagnostics;

/// <summary>Each diagnostic is complete: it fires on its sample and not on the mended one, and it is documented with exactly these two.</summary>
public sealed class DiagnosticCatalogTests
{
    public static TheoryData<string> Ids => [.. Descriptors().Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Sample_WithTheViolation_IsReportedOnce(string id)
    {
        var diagnostics = await TestCompiler.Analyze(TestCompiler.CompileWithSymbol("VIOLATION", Sample(id)));

        Assert.Equal(id, Assert.Single(diagnostics).Id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Sample_WithTheFix_CompilesWithoutAWarning(string id)
    {
        var compilation = TestCompiler.Compile(Sample(id));

        Assert.Empty(await TestCompiler.Analyze(compilation));
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
        Assert.Contains($"## Violation\n\n```csharp\n{violation}\n```\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n\n```csharp\n{fix}\n```\n", page[page.IndexOf("## Fix\n", StringComparison.Ordinal)..], StringComparison.Ordinal);
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

        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Contains($"\n{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {Title(id)}\n", releases, StringComparison.Ordinal);
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

    private static ImmutableArray<DiagnosticDescriptor> Descriptors() => new ContractAnalyzer().SupportedDiagnostics;

    private static string Title(string id) => Descriptors().Single(descriptor => descriptor.Id == id).Title.ToString(CultureInfo.InvariantCulture);

    private static string Sample(string id) => Repository.Read("samples", "Diagnostics", id + ".cs");

    private static (string Violation, string Fix) Snippets(string id)
    {
        var parts = Sample(id).Split(["#if VIOLATION\n", "\n#else\n", "\n#endif\n"], StringSplitOptions.None);
        Assert.Equal(4, parts.Length);
        return (parts[1], parts[2]);
    }
}
