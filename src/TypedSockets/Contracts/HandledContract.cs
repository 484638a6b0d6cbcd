using System.Diagnostics.CodeAnalysis;

namespace TypedSockets;

/// <summary>A contract together with the type of the hub that handles its server events. Made by <see cref="Contract{TServer, TClient}.HandledBy{THub}"/>; immutable.</summary>
/// <typeparam name="TServer">The events that the server handles.</typeparam>
/// <typeparam name="TClient">The events that the client handles.</typeparam>
/// <typeparam name="THub">The hub that handles the server events.</typeparam>
public sealed class HandledContract<TServer, TClient, [DynamicallyAccessedMembers(HubMembers.Needed)] THub>
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
    where THub : class, TServer
{
    internal HandledContract(Contract<TServer, TClient> contract) => Contract = contract;

    /// <summary>The contract.</summary>
    public Contract<TServer, TClient> Contract { get; }
}
