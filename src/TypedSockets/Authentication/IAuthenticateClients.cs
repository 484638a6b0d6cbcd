namespace TypedSockets;

/// <summary>Marks a hub that decides who may connect. Implemented through <see cref="IAuthenticateClients{TAuth}"/> or <see cref="IAuthenticateClients{TAuth, TRefusal}"/>.</summary>
public interface IAuthenticateClients;

/// <summary>A hub that decides who may connect, by what the client says about itself. It serves a contract whose <see cref="EventContractAttribute.Auth"/> is <typeparamref name="TAuth"/>.</summary>
/// <typeparam name="TAuth">What a client says about itself.</typeparam>
public interface IAuthenticateClients<TAuth> : IAuthenticateClients where TAuth : class
{
    /// <summary>
    /// A client asks to connect. Until this has finished nothing of the client's is dispatched, and nothing can be sent to it; <c>OnConnected</c> follows when it is accepted. When it throws,
    /// the client is refused with <see cref="HandlerFault"/>.
    /// </summary>
    /// <param name="auth">What the client says about itself; null when it says nothing.</param>
    /// <param name="cancellationToken">Cancelled when the client is gone.</param>
    /// <returns>Null to accept, or why not: the client hears it as <see cref="Unauthorized"/>.</returns>
    ValueTask<ConnectRefusal?> OnConnecting(TAuth? auth, CancellationToken cancellationToken);
}

/// <summary>A hub that decides who may connect, and tells those who may not more than a text. It serves a contract whose <see cref="EventContractAttribute.Refusal"/> is <typeparamref name="TRefusal"/>.</summary>
/// <typeparam name="TAuth">What a client says about itself.</typeparam>
/// <typeparam name="TRefusal">What a client that is refused is told.</typeparam>
public interface IAuthenticateClients<TAuth, TRefusal> : IAuthenticateClients
    where TAuth : class
    where TRefusal : class
{
    /// <inheritdoc cref="IAuthenticateClients{TAuth}.OnConnecting"/>
    ValueTask<ConnectRefusal<TRefusal>?> OnConnecting(TAuth? auth, CancellationToken cancellationToken);
}
