using System.Diagnostics.CodeAnalysis;

namespace TypedSockets;

/// <summary>A contract whose clients say who they are when they connect. Immutable; safe for concurrent use.</summary>
/// <typeparam name="TServer">The events that the server handles.</typeparam>
/// <typeparam name="TClient">The events that the client handles.</typeparam>
/// <typeparam name="TAuth">What a client says about itself.</typeparam>
public abstract class AuthenticatedContract<TServer, TClient, TAuth> : Contract<TServer, TClient>
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
    where TAuth : class
{
    /// <inheritdoc cref="Contract{TServer, TClient}.HandledBy{THub}"/>
    public new HandledContract<TServer, TClient, THub> HandledBy<[DynamicallyAccessedMembers(HubMembers.Needed)] THub>()
        where THub : class, TServer, IAuthenticateClients<TAuth> => new(this);
}

/// <inheritdoc/>
/// <typeparam name="TServer">The events that the server handles.</typeparam>
/// <typeparam name="TClient">The events that the client handles.</typeparam>
/// <typeparam name="TAuth">What a client says about itself.</typeparam>
/// <typeparam name="TRefusal">What a client that is refused is told.</typeparam>
public abstract class AuthenticatedContract<TServer, TClient, TAuth, TRefusal> : AuthenticatedContract<TServer, TClient, TAuth>
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
    where TAuth : class
    where TRefusal : class
{
    /// <inheritdoc cref="Contract{TServer, TClient}.HandledBy{THub}"/>
    public new HandledContract<TServer, TClient, THub> HandledBy<[DynamicallyAccessedMembers(HubMembers.Needed)] THub>()
        where THub : class, TServer, IAuthenticateClients<TAuth, TRefusal> => new(this);
}
