using System.Linq;
using System.Reflection;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>Where the page of a diagnostic is: in the repository that the build has named in this assembly (<c>RepositoryUrl</c> in Directory.Build.props).</summary>
internal static class HelpLink
{
    private static readonly string? s_repository = typeof(HelpLink).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static attribute => attribute.Key == "RepositoryUrl")?.Value;

    /// <summary>Returns the address of the page; null, which editors take for no link, when the build named no repository.</summary>
    public static string? Of(string id) => s_repository is null ? null : $"{s_repository}/blob/main/docs/diagnostics/{id}.md";
}
