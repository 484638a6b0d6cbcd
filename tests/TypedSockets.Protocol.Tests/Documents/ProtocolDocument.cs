using System.Reflection;

namespace TypedSockets.Protocol.Tests.Documents;

/// <summary>The tables in docs/protocol: what the tests expect is what people read.</summary>
internal static class ProtocolDocument
{
    /// <summary>The rows of a table, without its head.</summary>
    /// <param name="file">The document, such as <c>session.md</c>.</param>
    /// <param name="head">The first row.</param>
    public static string Rows(string file, string head)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "docs", "protocol", file));
        return string.Join('\n', lines.SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|')));
    }

    private static string Folder => typeof(ProtocolDocument).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryFolder").Value!;
}
