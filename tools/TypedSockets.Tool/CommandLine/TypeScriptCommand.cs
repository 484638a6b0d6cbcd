using TypedSockets.Tool.Contracts;
using TypedSockets.Tool.Documentation;
using TypedSockets.Tool.Metadata;
using TypedSockets.Tool.Payloads;
using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.CommandLine;

/// <summary>Writes the TypeScript declarations of an assembly's contracts.</summary>
internal static class TypeScriptCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="output">The standard output.</param>
    /// <param name="warn">Told of what is left out.</param>
    /// <exception cref="ToolException">It cannot be done.</exception>
    public static void Run(TypeScriptOptions options, TextWriter output, Action<string> warn)
    {
        var text = Describe(options, warn);
        if (options.Output is null)
        {
            output.Write(text);
            return;
        }

        try
        {
            // A file that would stay the same keeps its time: whatever watches it does nothing.
            if (!File.Exists(options.Output) || File.ReadAllText(options.Output) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Output))!);
                File.WriteAllText(options.Output, text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{options.Output}' cannot be written: {exception.Message}");
        }
    }

    private static string Describe(TypeScriptOptions options, Action<string> warn)
    {
        using var source = ContractSource.Open(options.Assembly, options.References);
        try
        {
            var payloads = new PayloadReader();
            var reader = new ContractReader(payloads);
            var contracts = source.Select(options.Contracts).Select(reader.Read).ToList();
            return ContractFile.Write(Path.GetFileName(options.Assembly), contracts, payloads, new DocumentationFiles(warn));
        }
        catch (MissingAssemblyException missing)
        {
            throw new ToolException(
                $"'{options.Assembly}' refers to the assembly '{missing.AssemblyName}', which is neither beside it nor among its packages. Build its project, or say where it is: --reference <folder>.");
        }
        catch (TypeLoadException exception)
        {
            throw new ToolException(
                $"'{options.Assembly}' refers to a type that is not where it was when it was built: {exception.Message} Build its project again, or say where the assembly is: --reference <folder>.");
        }
    }
}
