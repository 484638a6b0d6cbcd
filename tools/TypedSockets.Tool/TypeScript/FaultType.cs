using System.Reflection;
using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.TypeScript;

/// <summary>What acknowledges an event that failed: <c>{ "$fault": "HandlerFailed", "message": … }</c>.</summary>
internal static class FaultType
{
    public const string Name = "Fault";

    /// <summary>The name of the type of faults that events declare.</summary>
    public const string DeclaredName = "DeclaredFault";

    // Stands for those that events declare: each event says itself which it has.
    private const string Declared = "Declared";

    // Socket.IO has no streams, so nothing fails as the others.
    private static readonly string[] s_leftOut = [Declared, "StreamFailed", "TooManyStreams"];

    /// <summary>Writes the declaration.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="names">What can have gone wrong, each with what it means; any text when there is none.</param>
    public static void Write(TypeScriptWriter writer, IReadOnlyList<(string Name, IReadOnlyList<string> Documentation)> names)
    {
        writer.Comment(
        [
            "Acknowledges an event that failed, in place of its result. `\"$fault\" in result` tells it from a result that is an object.",
            .. names.Count == 0 ? [] : (string[])[""],
            .. names.Select(static fault => $"- `{fault.Name}`{(fault.Documentation.Count == 0 ? "" : ": " + string.Join(" ", fault.Documentation))}"),
        ]);
        writer.Open($"export interface {Name} {{");
        writer.Comment(["What kind of failure it was."]);
        writer.Line($"$fault: {(names.Count == 0 ? "string" : string.Join(" | ", names.Select(static fault => TypeScriptText.Quote(fault.Name))))};");
        writer.Comment(["What the server's exception says; absent or null unless the server shows such details. Of an event that was refused, what the server says about it."]);
        writer.Line("message?: string | null;");
        writer.Comment(["For how many milliseconds to wait before the event is sent again; absent or null where the server says nothing about it."]);
        writer.Line("retryAfter?: number | null;");
        writer.Close("}");
    }

    /// <summary>Writes the declaration of faults that events declare.</summary>
    public static void WriteDeclared(TypeScriptWriter writer)
    {
        writer.Comment(["Acknowledges an event that ended with a fault which it declares: `$fault` tells it from a `Fault`, and `name` from others of the event."]);
        writer.Open($"export interface {DeclaredName}<Name extends string, Data> {{");
        writer.Line($"$fault: {TypeScriptText.Quote(Declared)};");
        writer.Line("name: Name;");
        writer.Line("data: Data;");
        writer.Close("}");
    }

    /// <summary>The enum of faults in the library that the contract was built with; null when it is not found.</summary>
    public static IEnumerable<FieldInfo> Members(Type contract)
    {
        var library = contract.GetInterfaces().First(static type => type.DefinitionName() == TypeNames.ServerEvents).Assembly;
        return library.GetType(TypeNames.RemoteFault)?.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static field => !s_leftOut.Contains(field.Name)).OrderBy(static field => field.MetadataToken) ?? Enumerable.Empty<FieldInfo>();
    }
}
