using System.Reflection;
using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.Contracts;

/// <summary>An assembly that declares contracts. Its metadata is read; none of its code runs.</summary>
internal sealed class ContractSource : IDisposable
{
    private readonly MetadataLoadContext _context;
    private readonly string _path;

    private ContractSource(MetadataLoadContext context, Assembly assembly, string path)
    {
        _context = context;
        _path = path;
        Assembly = assembly;
    }

    public Assembly Assembly { get; }

    /// <summary>Opens an assembly.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="references">Where else to look for what it refers to: files and folders.</param>
    /// <exception cref="ToolException">It is not there, or no assembly of .NET.</exception>
    public static ContractSource Open(string path, IReadOnlyList<string> references)
    {
        if (!File.Exists(path))
        {
            throw new ToolException($"'{path}' does not exist. Build the project of the contracts, and name the assembly that it writes (bin/…/Name.dll).");
        }

        if (references.FirstOrDefault(static reference => !File.Exists(reference) && !Directory.Exists(reference)) is { } missing)
        {
            throw new ToolException($"'{missing}' (--reference) is neither a file nor a folder.");
        }

        var full = Path.GetFullPath(path);
        var context = new MetadataLoadContext(new AssemblyFinder(full, references.Select(Path.GetFullPath), AssemblyFinder.PackageFolder), typeof(object).Assembly.GetName().Name);
        try
        {
            return new ContractSource(context, context.LoadFromAssemblyPath(full), path);
        }
        catch (BadImageFormatException)
        {
            context.Dispose();
            throw new ToolException($"'{path}' is no assembly of .NET. Name the .dll that the project of the contracts writes when it is built.");
        }
    }

    /// <summary>Reads something of the assembly, and says what to do where an assembly that it refers to is missing.</summary>
    /// <exception cref="ToolException">Something is missing.</exception>
    public string Read(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (MissingAssemblyException missing)
        {
            throw new ToolException(
                $"'{_path}' refers to the assembly '{missing.AssemblyName}', which is neither beside it nor among its packages. Build its project, or say where it is: --reference <folder>.");
        }
        catch (TypeLoadException exception)
        {
            throw new ToolException(
                $"'{_path}' refers to a type that is not where it was when it was built: {exception.Message} Build its project again, or say where the assembly is: --reference <folder>.");
        }
    }

    /// <summary>Returns the contracts that are asked for.</summary>
    /// <param name="names">Names or full names of interfaces, or namespaces on the wire; all contracts when there is none.</param>
    /// <exception cref="ToolException">There is no contract, or none of such a name.</exception>
    public IReadOnlyList<Type> Select(IReadOnlyList<string> names)
    {
        var contracts = ContractReader.Find(Assembly);
        if (contracts.Count == 0)
        {
            throw new ToolException($"'{_path}' has no interface that is marked [EventContract]. Name the assembly that declares the contracts.");
        }

        var selected = names.SelectMany(name => contracts.Where(contract => IsNamed(contract, name)) is var matches && matches.Any()
            ? matches
            : throw new ToolException($"'{_path}' has no contract '{name}'. It has: {string.Join(", ", contracts.Select(contract => $"{contract.FullName} (namespace '{ContractReader.NamespaceOf(contract)}')"))}."));
        return names.Count == 0 ? contracts : [.. contracts.Intersect(selected)];
    }

    public void Dispose() => _context.Dispose();

    private static bool IsNamed(Type contract, string name) =>
        contract.Name == name || contract.FullName == name || contract.FullName?.Replace('+', '.') == name || ContractReader.NamespaceOf(contract) == name;
}
