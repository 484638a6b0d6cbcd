using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Tests;

public sealed class GeneratorAssemblyTests
{
    [Fact]
    public void Generator_LoadsInTheOldestCompiler_AndNeedsNothingElse() =>
        References<ContractGenerator>("Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "netstandard");

    [Fact]
    public void CodeFixes_LoadInTheOldestEditor_AndNeedNothingElse() =>
        // Not System.Composition, of which every editor has a version of its own.
        References<DocumentCodeFix>(
            "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces", "System.Collections.Immutable", "TypedSockets.Generators", "netstandard");

    /// <summary>An editor makes them by itself, of what it finds in the assembly.</summary>
    [Fact]
    public void CodeFixes_AreAllExported_AndFixSomethingThatIsReported()
    {
        var providers = typeof(DocumentCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract).ToList();

        Assert.NotEmpty(providers);
        Assert.All(providers, type => Assert.Equal([LanguageNames.CSharp], type.GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Languages));
        var fixable = providers.SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds).ToList();
        Assert.Equal(fixable.Distinct(), fixable);
        var reported = typeof(ContractAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics);
        Assert.Subset(reported.Select(descriptor => descriptor.Id).ToHashSet(), fixable.ToHashSet());
    }

    // The compiler or the editor itself brings all of these.
    private static void References<T>(params string[] names)
    {
        var references = typeof(T).Assembly.GetReferencedAssemblies();

        Assert.Equal(names, references.Select(reference => reference.Name).Order(StringComparer.Ordinal));
        Assert.All(
            references.Where(reference => reference.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(4, 8, 0, 0), reference.Version));
    }
}
