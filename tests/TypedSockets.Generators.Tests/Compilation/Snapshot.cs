namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>Compares generated text with a file that is reviewed like code.</summary>
internal static class Snapshot
{
    private const string Accept = "TYPEDSOCKETS_ACCEPT_SNAPSHOTS";

    /// <param name="name">The name of the snapshot; a generated file's ends in <c>.g.cs</c>.</param>
    /// <param name="actual">The text that was generated.</param>
    public static void Verify(string name, string actual)
    {
        var path = Path.Combine(Repository.ProjectFolder, "Snapshots", name.Replace(".g.cs", ".verified.cs", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, actual);
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == actual)
        {
            return;
        }

        var (line, was, became) = FirstDifference(expected.Split('\n'), actual.Split('\n'));
        Assert.Fail($"""
            Snapshot '{Path.GetFileName(path)}' differs from line {line} on:
            - {was}
            + {became}
            If the new text is right, accept it and review the change: {Accept}=1 dotnet test --project tests/TypedSockets.Generators.Tests
            """);
    }

    private static (int Line, string Expected, string Actual) FirstDifference(string[] expected, string[] actual)
    {
        var line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
        {
            line++;
        }

        return (line + 1, expected.ElementAtOrDefault(line) ?? "(the end)", actual.ElementAtOrDefault(line) ?? "(the end)");
    }
}
