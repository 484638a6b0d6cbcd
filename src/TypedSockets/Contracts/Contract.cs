using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TypedSockets.Events;

namespace TypedSockets;

/// <summary>
/// A contract as the runtime uses it. The generator writes one for each contract, and the generated static property <c>Contract</c> of the interface returns it. Immutable; safe for
/// concurrent use.
/// </summary>
/// <remarks>
/// The runtime reaches generated code through these members alone: nothing is looked up by name, and trimming keeps only the half of a contract that a program uses. They are not
/// static members of the interface, because the WebAssembly runtime cannot call a static abstract member that an interface itself implements.
/// </remarks>
/// <typeparam name="TServer">The events that the server handles.</typeparam>
/// <typeparam name="TClient">The events that the client handles.</typeparam>
public abstract class Contract<TServer, TClient>
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
{
    /// <summary>The wire names and fingerprints of the contract.</summary>
    public abstract ContractShape Shape { get; }

    /// <summary>How clients say who they are when they connect; null where everybody may connect.</summary>
    public virtual ConnectAuthentication? Authentication => null;

    /// <summary>Creates the client's view of the server: each call sends an event through <paramref name="sender"/>.</summary>
    public abstract TServer CreateServerProxy(EventSender sender);

    /// <summary>Creates the server's view of one or many clients: each call sends an event through <paramref name="sender"/>.</summary>
    public abstract TClient CreateClientProxy(EventSender sender);

    /// <summary>Creates what decodes the events that a server receives and calls <paramref name="handler"/>.</summary>
    public abstract EventDispatcher CreateServerDispatcher(TServer handler);

    /// <summary>Creates what decodes the events that a client receives and calls <paramref name="handler"/>.</summary>
    public abstract EventDispatcher CreateClientDispatcher(TClient handler);

    /// <summary>Returns the method of the contract that declares one of the server's events. A server looks at the attributes of the hub's own method by it, when it starts.</summary>
    /// <param name="eventId">The compiled id of the event: its index in the shape's server events.</param>
    public abstract MethodInfo GetServerMethod(int eventId);

    /// <summary>Pairs the contract with the hub that handles its server events; pass the result to <c>AddHub</c>.</summary>
    /// <typeparam name="THub">The hub. It is created from dependency injection, once for each connection, by its public constructor.</typeparam>
    public HandledContract<TServer, TClient, THub> HandledBy<[DynamicallyAccessedMembers(HubMembers.Needed)] THub>()
        where THub : class, TServer => new(this);
}
