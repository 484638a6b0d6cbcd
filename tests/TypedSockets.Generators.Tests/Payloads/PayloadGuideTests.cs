using System.Text.RegularExpressions;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>The guide shows code that is compiled and run: that of the corpus, or a contract's.</summary>
public sealed partial class PayloadGuideTests
{
    private static readonly List<string> s_blocks =
        [.. CodeBlock().Matches(Repository.Read("docs", "guides", "payloads.md")).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Union_Compiles()
    {
        var (files, problems) = TestCompiler.Generate(TestCompiler.Compile(s_blocks[0], """
            [EventContract] public partial interface IServer : IServerEvents<IServer, IClient> { void Draw(Shape shape); }
            public interface IClient : IClientEvents;
            """));

        Assert.Single(files);
        Assert.Empty(problems);
    }

    [Fact]
    public void Formatters_AreThoseOfTheCorpus()
    {
        var corpus = Repository.Read("tests", "TypedSockets.Corpus", "Types", "Formatted.cs");
        Assert.Equal(3, s_blocks.Count);
        Assert.All(s_blocks.Skip(1), block => Assert.Contains(block, corpus, StringComparison.Ordinal));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
