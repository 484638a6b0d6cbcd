using System.Reflection;
using System.Text.RegularExpressions;

namespace TypedSockets.Tests.Shared;

/// <summary>The code that a guide shows, which is to stand in a test's source as it is: then it compiles and does what the guide says.</summary>
internal static partial class GuideCode
{
    private static readonly string s_folder =
        typeof(GuideCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryFolder").Value!;

    /// <summary>The blocks of a guide that stand in none of the sources. Whoever compares indents nothing: a block may be a part of a method.</summary>
    /// <param name="guide">The name of the guide's file.</param>
    /// <param name="sources">The folder of the sources, relative to the repository.</param>
    /// <param name="count">How many blocks the guide has.</param>
    public static IReadOnlyList<string> FindStrangers(string guide, string sources, out int count)
    {
        var blocks = CodeBlock().Matches(File.ReadAllText(Path.Combine(s_folder, "docs", "guides", guide))).Select(match => match.Groups[1].Value).ToList();
        var files = Directory.EnumerateFiles(Path.Combine(s_folder, sources), "*.cs").Select(file => Normalize(File.ReadAllText(file))).ToList();
        count = blocks.Count;
        return [.. blocks.Where(block => !files.Exists(file => file.Contains(Normalize(block), StringComparison.Ordinal)))];
    }

    private static string Normalize(string code) => string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
