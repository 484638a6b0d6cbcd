using System.Reflection;

namespace Chat.Tests;

/// <summary>Where the build puts its outputs.</summary>
internal static class Artifacts
{
    private static readonly Dictionary<string, string?> s_metadata =
        typeof(Artifacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    private static string Root => s_metadata["ArtifactsPath"] ?? throw new InvalidOperationException("The project did not say where its artifacts are.");

    /// <summary>The assembly of another project of this build.</summary>
    public static string Assembly(string project) => Path.Combine(Root, "bin", project, s_metadata["Configuration"]!, $"{project}.dll");

    /// <summary>Where a picture of a page goes.</summary>
    public static string Screenshot(string name) => Path.Combine(Root, "screenshots", $"{name}.png");
}
