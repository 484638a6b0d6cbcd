using System.Reflection;

namespace TypedSockets.Protocol.Tests.Sessions;

/// <summary>The tables of docs/protocol/session.md: what the tests expect is what people read.</summary>
internal static class SessionDocument
{
    /// <summary>The rows of one end's table, without its head.</summary>
    public static string Rows(string end)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "docs", "protocol", "session.md"));
        return string.Join('\n', lines.SkipWhile(line => line != $"| {end}: input | Opening | Open | Closing | Closed |").Skip(2).TakeWhile(line => line.StartsWith('|')));
    }

    private static string Folder => typeof(SessionDocument).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryFolder").Value!;
}
