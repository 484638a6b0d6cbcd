using System.Diagnostics.CodeAnalysis;

namespace TypedSockets;

/// <summary>A contract together with the hub that handles its server events. An empty value that only carries the types.</summary>
/// <typeparam name="TServer">The events that the server handles.</typeparam>
/// <typeparam name="TClient">The events that the client handles.</typeparam>
/// <typeparam name="THub">The hub that handles the server events.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "There is nothing to compare: the token has no state.")]
public readonly struct HandledContract<TServer, TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THub>
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
    where THub : class, TServer;
