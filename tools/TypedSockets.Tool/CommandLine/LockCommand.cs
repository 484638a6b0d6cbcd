using TypedSockets.Generators.Locks;
using TypedSockets.Tool.Contracts;
using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.CommandLine;

/// <summary>Writes <c>contracts.lock</c> as an assembly's contracts are now. The generator has put the description of each into the assembly, so nothing is worked out here a second time.</summary>
internal static class LockCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="output">The standard output.</param>
    /// <exception cref="ToolException">It cannot be done.</exception>
    public static void Run(CommandOptions options, TextWriter output)
    {
        using var source = ContractSource.Open(options.Assembly, options.References);
        OutputFile.Write(options.Output, source.Read(() => LockFile.Write(Describe(source, options.Assembly))), output);
    }

    private static List<string> Describe(ContractSource source, string path)
    {
        var descriptions = source.Assembly.GetTypes().Where(IsGenerated).ToDictionary(ContractOf, static type => (string)type.GetField(LockFile.DescriptionConstant)!.GetRawConstantValue()!);
        return [.. source.Select([]).Select(contract => descriptions.TryGetValue(contract, out var description)
            ? description
            : throw new ToolException($"'{path}' does not say what contract '{contract.FullName}' looks like. Build its project with the package TypedSockets of this version or a later one."))];
    }

    private static bool IsGenerated(Type type) =>
        type.Namespace == TypeNames.GeneratedNamespace
        && type.BaseType?.DefinitionName() is TypeNames.Contract or TypeNames.AuthenticatedContract or TypeNames.RefusingContract
        && type.GetField(LockFile.DescriptionConstant) is { IsLiteral: true };

    private static Type ContractOf(Type generated) => generated.BaseType!.GetGenericArguments()[0];
}
