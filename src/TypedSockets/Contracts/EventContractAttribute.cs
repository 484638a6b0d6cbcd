namespace TypedSockets;

/// <summary>
/// Marks a partial interface as a contract: the events that the server handles. The source generator then writes the proxies, dispatchers and serializers of both ends
/// into the assembly that declares it.
/// </summary>
/// <param name="namespace">
/// The namespace in which both ends meet, starting with <c>/</c>. Default <c>/</c>. It is the contract's identity on the wire: renaming the interface changes nothing,
/// renaming the namespace breaks every deployed peer.
/// </param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class EventContractAttribute(string @namespace = "/") : Attribute
{
    /// <summary>The namespace in which both ends meet.</summary>
    public string Namespace { get; } = @namespace;
}
