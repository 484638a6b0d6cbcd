namespace TypedSockets.Generators.Tests;

public sealed class GeneratorAssemblyTests
{
    [Fact]
    public void Generator_LoadsInTheOldestCompiler_AndNeedsNothingElse()
    {
        // The compiler itself brings all of these.
        var references = typeof(ContractGenerator).Assembly.GetReferencedAssemblies();

        Assert.Equal(
            ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "netstandard"],
            references.Select(reference => reference.Name).Order(StringComparer.Ordinal));
        Assert.All(
            references.Where(reference => reference.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(4, 8, 0, 0), reference.Version));
    }
}
