using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TypedSockets.Tool.Metadata;

/// <summary>
/// Finds the assemblies that a contract's refers to: those that were named, those beside it, those of the packages it was built with, and those of .NET itself.
/// </summary>
internal sealed class AssemblyFinder : MetadataAssemblyResolver
{
    private readonly List<string> _folders = [];
    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Prepares the search.</summary>
    /// <param name="assembly">The contract's assembly.</param>
    /// <param name="references">Assemblies, and folders of assemblies, that come first.</param>
    /// <param name="packages">The folder that NuGet restores packages to.</param>
    public AssemblyFinder(string assembly, IEnumerable<string> references, string packages)
    {
        foreach (var reference in references)
        {
            if (Directory.Exists(reference))
            {
                _folders.Add(reference);
            }
            else
            {
                _files[Path.GetFileNameWithoutExtension(reference)] = reference;
            }
        }

        _folders.Add(Path.GetDirectoryName(assembly)!);
        AddPackages(Path.ChangeExtension(assembly, ".deps.json"), packages);
        AddFrameworks(RuntimeEnvironment.GetRuntimeDirectory());
    }

    /// <summary>The folder that NuGet restores packages to, unless a project says otherwise.</summary>
    public static string PackageFolder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
        ? configured
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public override Assembly Resolve(MetadataLoadContext context, AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        var path = _files.GetValueOrDefault(name) ?? _folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? throw new MissingAssemblyException(assemblyName) : context.LoadFromAssemblyPath(path);
    }

    /// <summary>A library's output has no copy of what its packages hold; its <c>.deps.json</c> says which they are.</summary>
    private void AddPackages(string path, string packages)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var document = ReadDependencies(path);
        foreach (var library in document.RootElement.GetProperty("targets").EnumerateObject().SelectMany(static target => target.Value.EnumerateObject()))
        {
            if (!library.Value.TryGetProperty("runtime", out var files))
            {
                continue;
            }

            foreach (var file in files.EnumerateObject())
            {
                var candidate = Path.Combine(packages, library.Name.ToLowerInvariant(), file.Name);
                if (File.Exists(candidate))
                {
                    _files.TryAdd(Path.GetFileNameWithoutExtension(file.Name), candidate);
                }
            }
        }
    }

    private static JsonDocument ReadDependencies(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new ToolException($"'{path}' is not the JSON that a build writes: {exception.Message} Build the project again.");
        }
    }

    // .../shared/Microsoft.NETCore.App/10.0.0/ is the runtime's, and its cousins are those of ASP.NET Core and Windows desktop.
    private void AddFrameworks(string runtime)
    {
        _folders.Add(runtime);
        if (Directory.GetParent(runtime.TrimEnd(Path.DirectorySeparatorChar)) is not { Parent: { } shared } own)
        {
            return;
        }

        foreach (var framework in shared.EnumerateDirectories().Where(folder => folder.Name != own.Name).OrderBy(static folder => folder.Name, StringComparer.Ordinal))
        {
            var versions = framework.EnumerateDirectories().Select(static folder => (folder.FullName, Version: Version.TryParse(folder.Name.Split('-')[0], out var version) ? version : null));
            _folders.AddRange(versions.OrderByDescending(static folder => folder.Version).Take(1).Select(static folder => folder.FullName));
        }
    }
}
