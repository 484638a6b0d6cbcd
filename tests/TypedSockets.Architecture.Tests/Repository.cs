using System.Reflection;

namespace TypedSockets.Architecture.Tests;

/// <summary>The files that these tests read; the build has written into this assembly where they are.</summary>
internal static class Repository
{
    private static readonly string[] s_shipped = ["generators", "src", "tools"];

    public static string Folder { get; } = Metadata("RepositoryFolder");

    public static string ProjectFolder { get; } = Metadata("ProjectFolder");

    /// <summary>The source files of everything that is shipped, relative to the repository.</summary>
    public static IEnumerable<string> ShippedSources() =>
        from path in ShippedFiles("*.cs")
        where !path.Split('/').Any(part => part is "obj" or "bin")
        select path;

    /// <summary>The projects of everything that is shipped, relative to the repository.</summary>
    public static IEnumerable<string> ShippedProjects() => ShippedFiles("*.csproj");

    public static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(Folder, path));

    private static IEnumerable<string> ShippedFiles(string pattern) =>
        from folder in s_shipped
        from file in Directory.EnumerateFiles(Path.Combine(Folder, folder), pattern, SearchOption.AllDirectories)
        orderby file
        select Path.GetRelativePath(Folder, file).Replace('\\', '/');

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
