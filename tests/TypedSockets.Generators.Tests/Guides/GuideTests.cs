using System.Text.RegularExpressions;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Guides;

/// <summary>
/// Whoever copies from a guide gets something that compiles. Beside this class each guide has its frame: the program around its snippets, in which a line <c>// block 2</c> stands for the
/// second of them, and a line <c>// program</c> begins another program.
/// </summary>
public sealed partial class GuideTests
{
    // Their snippets are compared with sources that are compiled and run: the corpus, and the tests of the packages that they are about.
    private static readonly string[] s_comparedWithTests = ["payloads", "testing", "hosting"];

    public static TheoryData<string> Guides =>
        [.. Directory.GetFiles(Path.Combine(Repository.Folder, "docs", "guides"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !s_comparedWithTests.Contains(name) && Blocks(name).Count > 0)];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Snippets_OfAGuide_Compile(string guide)
    {
        var blocks = Blocks(guide);
        var frame = Path.Combine(Repository.ProjectFolder, "Guides", $"{guide}.frame.cs");
        Assert.True(File.Exists(frame), $"docs/guides/{guide}.md has {blocks.Count} snippets, and no frame at {frame} that they are compiled in.");
        var programs = File.ReadAllText(frame).Split("// program\n", StringSplitOptions.RemoveEmptyEntries);
        var used = new HashSet<int>();
        foreach (var program in programs)
        {
            var source = BlockLine().Replace(program, match =>
            {
                var number = int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
                used.Add(number);
                return blocks[number - 1];
            });
            var (_, problems) = TestCompiler.Generate(TestCompiler.CompileProgram(Usings, source));
            Assert.True(problems.IsEmpty, $"{guide}: {string.Join(Environment.NewLine, problems)}{Environment.NewLine}{source}");
        }

        Assert.Equal(Enumerable.Range(1, blocks.Count), used.Order());
    }

    private static List<string> Blocks(string guide) => [.. CodeBlock().Matches(Repository.Read("docs", "guides", $"{guide}.md")).Select(match => match.Groups[1].Value)];

    private static string Usings => ReadmeTests.WebUsings + """

        global using TypedSockets;
        global using TypedSockets.Client;
        global using TypedSockets.Server;
        """;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^ *// block (\d+)\n", RegexOptions.Multiline)]
    private static partial Regex BlockLine();
}
