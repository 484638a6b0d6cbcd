namespace TypedSockets.Client;

/// <summary>A contract that a client of the host opens.</summary>
internal abstract class ClientContract
{
    /// <summary>Opens the contract on the client's socket.</summary>
    /// <param name="socket">The socket; not connected.</param>
    /// <param name="services">The services of the application.</param>
    /// <param name="attachHandler">Makes the handler. Called once, before the socket connects.</param>
    /// <returns>The proxy.</returns>
    public abstract object Open(TypedSocket socket, IServiceProvider services, out Action attachHandler);
}

/// <inheritdoc/>
internal sealed class ClientContract<TServer, TClient>(
    Contract<TServer, TClient> contract,
    Func<IServiceProvider, TClient> createHandler,
    Func<IServiceProvider, CancellationToken, ValueTask<object?>>? auth) : ClientContract
    where TServer : class, IServerEvents<TServer, TClient>
    where TClient : class, IClientEvents
{
    public override object Open(TypedSocket socket, IServiceProvider services, out Action attachHandler)
    {
        var proxy = socket.OpenWithoutHandler(contract, auth is null ? null : cancellationToken => auth(services, cancellationToken), out var attach);
        attachHandler = () => attach(createHandler(services));
        return proxy;
    }
}
