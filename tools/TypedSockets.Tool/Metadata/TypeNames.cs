namespace TypedSockets.Tool.Metadata;

/// <summary>Recognises types by name: a type that is read as metadata is never equal to one that runs.</summary>
internal static class TypeNames
{
    public const string EventContractAttribute = "TypedSockets.EventContractAttribute";
    public const string EventAttribute = "TypedSockets.EventAttribute";
    public const string FaultAttribute = "TypedSockets.FaultAttribute`1";
    public const string ServerEvents = "TypedSockets.IServerEvents`2";
    public const string ClientEvents = "TypedSockets.IClientEvents";
    public const string Contract = "TypedSockets.Contract`2";
    public const string AuthenticatedContract = "TypedSockets.AuthenticatedContract`3";
    public const string RefusingContract = "TypedSockets.AuthenticatedContract`4";
    public const string GeneratedNamespace = "TypedSockets.Generated";
    public const string RemoteFault = "TypedSockets.RemoteFault";
    public const string UnionAttribute = "TypedSockets.UnionAttribute";
    public const string PayloadFormatterAttribute = "TypedSockets.PayloadFormatterAttribute";
    public const string Task = "System.Threading.Tasks.Task";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string AsyncEnumerable = "System.Collections.Generic.IAsyncEnumerable`1";
    public const string Flags = "System.FlagsAttribute";
    public const string Obsolete = "System.ObsoleteAttribute";

    /// <summary>The namespace and metadata name of the type or of the definition it is a closed form of.</summary>
    public static string DefinitionName(this Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;

    /// <summary>Whether it is one of C#'s tuples, which the compiler knows the names of.</summary>
    public static bool IsTuple(this Type type) => type.DefinitionName().StartsWith("System.ValueTuple`", StringComparison.Ordinal);
}
