namespace TypedSockets.Tool.CommandLine;

/// <summary>What was asked for.</summary>
/// <param name="Assembly">The file of the assembly.</param>
/// <param name="Output">The file to write; null for the standard output.</param>
/// <param name="Contracts">The contracts to write; all when there is none.</param>
/// <param name="References">Where else to look for assemblies.</param>
internal sealed record CommandOptions(string Assembly, string? Output, IReadOnlyList<string> Contracts, IReadOnlyList<string> References)
{
    private const string StandardOutput = "-";

    /// <summary>Reads what stands behind the command's name.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="selects">Whether the command takes some of the contracts.</param>
    /// <exception cref="UsageException">It is not understood.</exception>
    public static CommandOptions Parse(IReadOnlyList<string> arguments, bool selects = true)
    {
        string? assembly = null;
        string? output = null;
        var contracts = new List<string>();
        var references = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            // A value may stand behind its option, or in it: -o chat.d.ts, --output=chat.d.ts.
            var argument = arguments[index];
            var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
            var option = equals < 0 ? argument : argument[..equals];
            switch (option)
            {
                case "-o" or "--output":
                    output = output is null ? Value() : throw new UsageException($"'{option}' is given twice.");
                    break;
                case "-c" or "--contract" when selects:
                    contracts.Add(Value());
                    break;
                case "-r" or "--reference":
                    references.Add(Value());
                    break;
                case ['-', _, ..]:
                    throw new UsageException($"'{option}' is no option.");
                default:
                    assembly = assembly is null ? argument : throw new UsageException($"'{argument}' is one argument too many: only one assembly can be read.");
                    break;
            }

            string Value() => equals >= 0 ? argument[(equals + 1)..]
                : index + 1 < arguments.Count ? arguments[++index]
                : throw new UsageException($"'{option}' needs a value.");
        }

        return new CommandOptions(
            assembly ?? throw new UsageException("The assembly of the contracts is missing."),
            output is StandardOutput ? null : output,
            contracts,
            references);
    }
}
