using System.Reflection;

namespace TypedSockets.Tool.Tests;

/// <summary>What the build has written into this assembly.</summary>
internal static class ProjectMetadata
{
    public static string Find(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
