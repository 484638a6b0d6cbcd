using System.Reflection;

namespace TypedSockets.Tests.Shared;

/// <summary>The folder of the Node programs, with what npm has installed into it.</summary>
internal static class NodePackages
{
    private const string RequireVariable = "TYPEDSOCKETS_REQUIRE_NODE";

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "tests", "TypedSockets.Interop.Tests", "node");

    public static string RepositoryRoot => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(RepositoryRoot)).Value!;

    private static bool AreInstalled { get; } = Hashes("node_modules/.package-lock.json").SequenceEqual(Hashes("package-lock.json"));

    /// <summary>Skips the test where the packages are missing or are not those of the lock; where they are required, fails it.</summary>
    public static void Require()
    {
        if (!AreInstalled)
        {
            var missing = $"The packages for Node are not installed, or are not those of their lock: run './test', or 'npm ci' in '{Folder}'.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable(RequireVariable) == "1", missing);
            Assert.Fail(missing);
        }
    }

    // npm notes what it has installed; the hashes name every package and its version. The script 'test' compares the same.
    private static string[] Hashes(string file)
    {
        var path = Path.Combine(Folder, file);
        return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Contains("\"integrity\"", StringComparison.Ordinal)).Select(line => line.Trim())] : [];
    }
}
