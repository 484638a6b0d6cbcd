using System.Reflection;

namespace TypedSockets.Tool.Metadata;

/// <summary>An assembly that the contract's refers to is nowhere to be found.</summary>
internal sealed class MissingAssemblyException(AssemblyName name) : Exception($"Assembly '{name.Name}' was not found.")
{
    // Where the attributes live that decide what travels.
    private static readonly string[] s_payloadAssemblies = ["TypedSockets", "MessagePack", "System", "netstandard", "mscorlib"];

    public string AssemblyName { get; } = name.Name ?? "";

    public bool MayHoldPayloadAttributes { get; } =
        s_payloadAssemblies.Any(prefix => name.Name == prefix || name.Name?.StartsWith(prefix + ".", StringComparison.Ordinal) is true);
}
