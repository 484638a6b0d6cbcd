using System.Reflection;

namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>Where the files are that tests compare with: the build has written it into this assembly.</summary>
internal static class Repository
{
    public static string Folder { get; } = Metadata("RepositoryFolder");

    public static string ProjectFolder { get; } = Metadata("ProjectFolder");

    /// <summary>Reads a file of the repository with LF line ends.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path])).ReplaceLineEndings("\n");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
