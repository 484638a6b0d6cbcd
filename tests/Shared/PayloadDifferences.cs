using System.Reflection;

namespace TypedSockets.Tests.Shared;

/// <summary>The names in the tables of <c>docs/protocol/payload-differences.md</c>.</summary>
internal static class PayloadDifferences
{
    /// <summary>The names in the table below a heading, in their order.</summary>
    public static IEnumerable<string> Listed(string heading)
    {
        var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        return File.ReadLines(Path.Combine(root, "docs", "protocol", "payload-differences.md"))
            .SkipWhile(line => line != $"## {heading}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);
    }
}
