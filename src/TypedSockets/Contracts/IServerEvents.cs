namespace TypedSockets;

/// <summary>
/// The base of a contract: the events a server handles, and, through <typeparamref name="TClient"/>, those its clients handle. The generator gives the partial interface a static
/// property <c>Contract</c>, which names it to the runtime.
/// </summary>
/// <typeparam name="TSelf">The contract itself.</typeparam>
/// <typeparam name="TClient">The events that clients of this contract handle.</typeparam>
public interface IServerEvents<TSelf, TClient>
    where TSelf : class, IServerEvents<TSelf, TClient>
    where TClient : class, IClientEvents;
