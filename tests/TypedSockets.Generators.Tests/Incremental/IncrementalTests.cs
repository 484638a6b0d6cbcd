using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Incremental;

/// <summary>What is done again after an edit. An editor runs the generator with every key stroke, so nothing may be done that need not be.</summary>
public sealed class IncrementalTests
{
    [Fact]
    public void UnrelatedEdit_RegeneratesNothing()
    {
        var compilation = TestCompiler.Compile(Sources.Chat);

        var result = RunTwice(compilation, compilation.AddSyntaxTrees(TestCompiler.Parse("class Unrelated;")));

        Assert.Equal([IncrementalStepRunReason.Cached], ContractReasons(result));
        Assert.Equal([IncrementalStepRunReason.Cached], OutputReasons(result));
    }

    [Fact]
    public void EditOfAComment_RegeneratesNothing()
    {
        var compilation = TestCompiler.Compile(Sources.Chat);

        var result = RunTwice(compilation, Replace(compilation, Sources.Chat, Sources.Chat.Replace("void Say(", "/* said aloud */ void   Say(", StringComparison.Ordinal)));

        Assert.Equal([IncrementalStepRunReason.Cached], ContractReasons(result));
        Assert.Equal([IncrementalStepRunReason.Cached], OutputReasons(result));
    }

    [Fact]
    public void EditOfOneContract_RegeneratesThatOneOnly()
    {
        var compilation = TestCompiler.Compile(Sources.Chat, Sources.Game);

        var result = RunTwice(compilation, Replace(compilation, Sources.Game, Sources.Game.Replace("int x, int y", "int x, int y, int z", StringComparison.Ordinal)));

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], ContractReasons(result));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], OutputReasons(result));
    }

    [Fact]
    public void EditOfAPayloadInAnotherFile_RegeneratesTheContract()
    {
        const string Payload = "namespace Game; public record struct Position(int X);";
        var compilation = TestCompiler.Compile(Sources.Game.Replace("int x, int y", "Position position", StringComparison.Ordinal), Payload);

        var result = RunTwice(compilation, Replace(compilation, Payload, "namespace Game; public record struct Position(int X, int Y);"));

        Assert.Equal([IncrementalStepRunReason.Modified], OutputReasons(result));
    }

    private static GeneratorRunResult RunTwice(CSharpCompilation before, CSharpCompilation after)
    {
        var driver = TestCompiler.CreateDriver().RunGenerators(before, TestContext.Current.CancellationToken);
        return driver.RunGenerators(after, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string source, string edited)
    {
        var tree = compilation.SyntaxTrees.Single(candidate => candidate.ToString() == source);
        return compilation.ReplaceSyntaxTree(tree, TestCompiler.Parse(edited));
    }

    private static IEnumerable<IncrementalStepRunReason> ContractReasons(GeneratorRunResult result) =>
        result.TrackedSteps[StepNames.Contract].SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(entry => entry.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);
}
