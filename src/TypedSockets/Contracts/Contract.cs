using System.Diagnostics.CodeAnalysis;

namespace TypedSockets;

/// <summary>
/// Names a contract to the runtime. An empty value that only carries the two types, so that they are inferred where it is passed; the generated static property
/// <c>Contract</c> of the interface returns it.
/// </summary>
/// <typeparam name="TServer">The events that the server handles.</typeparam>
/// <typeparam name="TClient">The events that the client handles.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "There is nothing to compare: the token has no state.")]
public readonly struct Contract<TServer, TClient>
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
{
    /// <summary>Pairs the contract with the hub that handles its server events; pass the result to <c>AddHub</c>.</summary>
    /// <typeparam name="THub">The hub. It is created from dependency injection, once for each connection, by its public constructor.</typeparam>
    [SuppressMessage("Performance", "CA1822", Justification = "An instance member, so that the two contract types are inferred and only the hub is named.")]
    public HandledContract<TServer, TClient, THub> HandledBy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THub>()
        where THub : class, TServer => default;
}
