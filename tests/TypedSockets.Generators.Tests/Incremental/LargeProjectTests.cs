using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Incremental;

/// <summary>A project of 100 contracts with 20 events each: what an edit regenerates does not grow with the project.</summary>
public sealed class LargeProjectTests(LargeProject project) : IClassFixture<LargeProject>
{
    [Fact]
    public void FirstRun_WritesOneFileForEachContract() => Assert.Equal(LargeProject.Contracts, project.FirstRun.GeneratedSources.Length);

    [Theory]
    [InlineData("Hub7.cs", "LinesSaid++;", "LinesSaid += 2;")]
    [InlineData("Payloads7.cs", "$\"{Who}: {Text}\"", "Text")]
    [InlineData("Payloads7.cs", "=> 42;", "=> 43;")]
    public void EditOfAMethodBody_RegeneratesNothing(string file, string from, string to) => Assert.Empty(project.Regenerated(project.Edited(file, from, to)));

    [Fact]
    public void NewType_RegeneratesNothing() => Assert.Empty(project.Regenerated(project.Compilation.AddSyntaxTrees(TestCompiler.Parse("public sealed record Unrelated(int X);"))));

    [Fact]
    public void NewReference_RegeneratesNothing() =>
        Assert.Empty(project.Regenerated(project.Compilation.AddReferences(MetadataReference.CreateFromFile(typeof(LargeProjectTests).Assembly.Location))));

    [Theory]
    [InlineData("Contract7.cs", "void Said0(", "[Event(\"said\")] void Said0(")]
    [InlineData("Contract7.cs", "string room, int take", "string room, int take, int skip")]
    [InlineData("Contract7.cs", "void Say19(", "ValueTask Say19(")]
    [InlineData("Payloads7.cs", "DateTimeOffset At", "DateTimeOffset At, bool IsEdited")]
    [InlineData("Payloads7.cs", "int Level = 1", "int Level = 2")]
    public void EditOfAContractOrOfWhatItCarries_RegeneratesItsFileOnly(string file, string from, string to) =>
        Assert.Equal(["Sample.Area7.IServer7: Modified"], project.Regenerated(project.Edited(file, from, to)));

    [Fact]
    public void EditOfASharedPayload_RegeneratesThoseThatCarryIt() =>
        Assert.Equal(
            Enumerable.Range(0, LargeProject.Contracts / 10).Select(index => $"Sample.Area{index * 10}.IServer{index * 10}: Modified").Order(StringComparer.Ordinal),
            project.Regenerated(project.Edited("Shared.cs", "string Name", "string Name, int Rank")).Order(StringComparer.Ordinal));

    [Fact]
    public void NewContract_WritesItsFileOnly() =>
        Assert.Equal(["Chat.IChatServer: New"], project.Regenerated(project.Compilation.AddSyntaxTrees(TestCompiler.Parse(Sources.Chat))));

    /// <summary>A contract is invalid again and again while it is typed.</summary>
    [Fact]
    public void ContractThatBecomesInvalid_TakesItsOwnFileAwayOnly() =>
        Assert.Equal(["Sample.Area7.IServer7: Removed"], project.Regenerated(project.Edited("Contract7.cs", "void Said0(string", "void Said0(object")));

    [Fact]
    public void Steps_HoldNothingOfTheCompiler()
    {
        string[] steps = [StepNames.Contract, StepNames.CaseVariants];
        var outputs = steps.SelectMany(step => project.FirstRun.TrackedSteps[step]).SelectMany(step => step.Outputs).Select(output => output.Value).ToList();

        Assert.Equal(LargeProject.Contracts + 1, outputs.Count);
        Assert.All(outputs, output => CompilerObjects.AssertNoneIn(output, output.GetType().Name));
        // What each file is written from is these two and nothing else.
        var inputs = project.FirstRun.TrackedOutputSteps.SelectMany(entry => entry.Value).SelectMany(step => step.Inputs).Select(input => input.Source.Outputs[input.OutputIndex].Value).ToList();
        Assert.Equal(LargeProject.Contracts, inputs.Count);
        Assert.All(inputs, input => CompilerObjects.AssertNoneIn(input, input.GetType().Name));
    }
}

/// <summary>The project, generated once.</summary>
public sealed class LargeProject
{
    public const int Contracts = 100;
    private const int Events = 20;

    private readonly GeneratorDriver _driver;

    public LargeProject()
    {
        var files = Enumerable.Range(0, Contracts).SelectMany(Files).Append(("Shared.cs", "namespace Sample; public sealed record Owner(string Name);"));
        Compilation = TestCompiler.Compile().AddSyntaxTrees(files.Select(file => TestCompiler.Parse(file.Item2).WithFilePath(file.Item1)));
        Assert.Empty(TestCompiler.Generate(Compilation).Problems);
        _driver = TestCompiler.CreateDriver().RunGenerators(Compilation, TestContext.Current.CancellationToken);
    }

    public CSharpCompilation Compilation { get; }

    public GeneratorRunResult FirstRun => _driver.GetRunResult().Results.Single();

    public SyntaxTree Tree(string file) => Compilation.SyntaxTrees.Single(tree => tree.FilePath == file);

    public CSharpCompilation Edited(string file, string from, string to)
    {
        var tree = Tree(file);
        var source = tree.ToString();
        Assert.Contains(from, source, StringComparison.Ordinal);
        return Compilation.ReplaceSyntaxTree(tree, TestCompiler.Parse(source.Replace(from, to, StringComparison.Ordinal)).WithFilePath(file));
    }

    /// <summary>Which files were written or taken away after an edit, and which of the two. Everything else must come from the cache: not even its text may be written again.</summary>
    public IReadOnlyList<string> Regenerated(CSharpCompilation edited)
    {
        var result = _driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        var outputs = result.TrackedOutputSteps.SelectMany(entry => entry.Value).SelectMany(step => step.Outputs.Select(output => (Name: NameOf(step), output.Reason)));
        return [.. outputs.Where(output => output.Reason != IncrementalStepRunReason.Cached).Select(output => $"{output.Name}: {output.Reason}")];
    }

    private static string NameOf(IncrementalGeneratorRunStep step)
    {
        var (source, index) = step.Inputs.Single();
        var model = source.Outputs[index].Value;
        return (model as Generators.Contracts.ContractModel ?? (((Generators.Contracts.ContractModel, EquatableArray<string>))model).Item1).FullName;
    }

    private static IEnumerable<(string Name, string Source)> Files(int number)
    {
        var client = Enumerable.Range(Events / 2, Events / 2);
        var shared = number % 10 == 0 ? "void Owned(Owner owner);" : "";
        yield return ($"Contract{number}.cs", Invariant($$"""
            namespace Sample.Area{{number}};

            [EventContract("/area{{number}}")]
            public partial interface IServer{{number}} : IServerEvents<IServer{{number}}, IClient{{number}}>
            {
                {{string.Join("\n    ", Enumerable.Range(0, Events / 2).Select(Event))}}
                {{shared}}
            }

            public interface IClient{{number}} : IClientEvents
            {
                {{string.Join("\n    ", client.Select(index => Invariant($"void Say{index}(string room, Line line);")))}}
            }
            """));
        yield return ($"Payloads{number}.cs", Invariant($$"""
            namespace Sample.Area{{number}};

            public sealed record Line(long Id, string Room, Member Who, string Text, DateTimeOffset At)
            {
                public override string ToString() { return $"{Who}: {Text}"; }
                private int Secret() => 42;
            }

            public sealed record Member(Guid Id, string Name, DateOnly? Born, int Level = 1);
            """));
        yield return ($"Hub{number}.cs", Invariant($$"""
            namespace Sample.Area{{number}};

            public sealed class Client{{number}} : IClient{{number}}
            {
                public int LinesSaid { get; private set; }
                {{string.Join("\n    ", client.Select(index => Invariant($"public void Say{index}(string room, Line line) {{ LinesSaid++; }}")))}}
            }
            """));
    }

    private static string Event(int index) => (index % 3) switch
    {
        0 => Invariant($"void Said{index}(string room, Line line);"),
        1 => Invariant($"ValueTask Placed{index}(int x, int y, Guid id, CancellationToken cancellationToken = default);"),
        _ => Invariant($"ValueTask<IReadOnlyList<Line>> Listed{index}(string room, int take, CancellationToken cancellationToken = default);"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
