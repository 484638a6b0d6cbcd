using TypedSockets.Events;

namespace TypedSockets;

/// <summary>
/// The base of a contract: the events a server handles, and, through <typeparamref name="TClient"/>, those its clients handle.
/// The generator implements the static members on the partial interface, so the runtime reaches generated code through type arguments alone: nothing is looked up by name,
/// and trimming keeps only the half of a contract that a program uses.
/// </summary>
/// <typeparam name="TSelf">The contract itself.</typeparam>
/// <typeparam name="TClient">The events that clients of this contract handle.</typeparam>
public interface IServerEvents<TSelf, TClient>
    where TSelf : class, IServerEvents<TSelf, TClient>
    where TClient : class, IClientEvents
{
    /// <summary>The wire names and fingerprints of the contract.</summary>
    static abstract ContractShape Shape { get; }

    /// <summary>Creates the client's view of the server: each call sends an event through <paramref name="sender"/>.</summary>
    static abstract TSelf CreateServerProxy(EventSender sender);

    /// <summary>Creates the server's view of one or many clients: each call sends an event through <paramref name="sender"/>.</summary>
    static abstract TClient CreateClientProxy(EventSender sender);

    /// <summary>Creates what decodes the events that a server receives and calls <paramref name="handler"/>.</summary>
    static abstract EventDispatcher CreateServerDispatcher(TSelf handler);

    /// <summary>Creates what decodes the events that a client receives and calls <paramref name="handler"/>.</summary>
    static abstract EventDispatcher CreateClientDispatcher(TClient handler);
}
