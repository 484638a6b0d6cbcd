using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>Runs the compiler in this process, with the runtime's types, the generator and the analyzer.</summary>
internal static class TestCompiler
{
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using TypedSockets;
        """;

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new ContractAnalyzer(), new UseAnalyzer()];

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("TypedSockets.", StringComparison.Ordinal))
                && !name.Contains("Generators", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What a program of an application sees: the whole framework and every library of ours.</summary>
    private static readonly ImmutableArray<MetadataReference> s_applicationReferences =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static CSharpCompilation Compile(params string[] sources) =>
        CSharpCompilation.Create("Sample", [Parse(ImplicitUsings), Parse(MessagePackAttributes.Source), .. sources.Select(source => Parse(source))], References, Options());

    public static CSharpCompilation CompileWithSymbol(string preprocessorSymbol, string source) =>
        CSharpCompilation.Create("Sample", [Parse(ImplicitUsings), Parse(MessagePackAttributes.Source), Parse(source, preprocessorSymbol)], References, Options());

    /// <summary>A program with a main method, and the usings that the SDK gives such a project by itself.</summary>
    public static CSharpCompilation CompileProgram(string implicitUsings, params string[] sources) =>
        CSharpCompilation.Create("Program", [Parse(implicitUsings), .. sources.Select(source => Parse(source))], s_applicationReferences, Options().WithOutputKind(OutputKind.ConsoleApplication));

    public static SyntaxTree Parse(string source, params string[] preprocessorSymbols) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions(preprocessorSymbols), cancellationToken: Cancelled);

    public static CSharpParseOptions ParseOptions(params string[] preprocessorSymbols) =>
        new(LanguageVersion.CSharp13, DocumentationMode.Diagnose, preprocessorSymbols: preprocessorSymbols);

    public static GeneratorDriver CreateDriver() =>
        CSharpGeneratorDriver.Create(
            [new ContractGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions(),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Generates, and returns the files by name, and what the compiler says about all of it at the strictest.</summary>
    public static (ImmutableDictionary<string, string> Files, ImmutableArray<Diagnostic> Problems) Generate(CSharpCompilation compilation)
    {
        var driver = CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics, Cancelled);
        var files = driver.GetRunResult().Results.Single().GeneratedSources.ToImmutableDictionary(file => file.HintName, file => file.SourceText.ToString());
        return (files, [.. diagnostics, .. output.GetDiagnostics(Cancelled).Where(IsProblem)]);
    }

    /// <summary>What the analyzers report, in the order of the source.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="lockText">Its <c>contracts.lock</c>; null for none.</param>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(CSharpCompilation compilation, string? lockText = null)
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, Cancelled);
        var options = new AnalyzerOptions(lockText is null ? [] : [new LockText(lockText)]);
        var diagnostics = await output.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync(Cancelled);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>What the compiler and the analyzers say, without what a suppressor of ours silences.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAll(CSharpCompilation compilation)
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, Cancelled);
        var diagnostics = await output.WithAnalyzers([.. Analyzers, new ReasonSwitchSuppressor()]).GetAllDiagnosticsAsync(Cancelled);
        return [.. diagnostics.Where(diagnostic => !diagnostic.IsSuppressed && IsProblem(diagnostic)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static CSharpCompilationOptions Options() =>
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, allowUnsafe: true);

    // Sources of tests go without documentation; generated code has to bring it.
    private static bool IsProblem(Diagnostic diagnostic) =>
        diagnostic.Severity >= DiagnosticSeverity.Warning
        && (diagnostic.Id != "CS1591" || diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) is true);

    private sealed class LockText(string text) : AdditionalText
    {
        public override string Path => "/project/contracts.lock";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
