using TypedSockets.Tool.Contracts;
using TypedSockets.Tool.Documentation;
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
    public static void Run(CommandOptions options, TextWriter output, Action<string> warn) => OutputFile.Write(options.Output, Describe(options, warn), output);

    private static string Describe(CommandOptions options, Action<string> warn)
    {
        using var source = ContractSource.Open(options.Assembly, options.References);
        return source.Read(() =>
        {
            var payloads = new PayloadReader();
            var reader = new ContractReader(payloads);
            var contracts = source.Select(options.Contracts).Select(reader.Read).ToList();
            return ContractFile.Write(Path.GetFileName(options.Assembly), contracts, payloads, new DocumentationFiles(warn));
        });
    }
}
