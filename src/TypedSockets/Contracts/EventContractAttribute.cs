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

    /// <summary>
    /// What a client says about itself when it connects, and the hub decides by (<see cref="IAuthenticateClients{TAuth}"/>): a class that travels as an object. Default null: everybody may
    /// connect.
    /// </summary>
    public Type? Auth { get; set; }

    /// <summary>What a client that is refused is told beside the text (<see cref="IAuthenticateClients{TAuth, TRefusal}"/>): a class. Default null: nothing. Needs <see cref="Auth"/>.</summary>
    public Type? Refusal { get; set; }
}
