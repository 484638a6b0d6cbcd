namespace TypedSockets.Events;

/// <summary>How the clients of a contract say who they are when they connect, and how its hub decides. The generator names one for each contract that has an auth payload. Safe for concurrent use.</summary>
public abstract class ConnectAuthentication
{
    private protected ConnectAuthentication(ConnectPayload auth, ConnectPayload? refusal, Type hub)
    {
        Auth = auth;
        Refusal = refusal;
        HubInterface = hub;
    }

    /// <summary>What a client says about itself.</summary>
    public ConnectPayload Auth { get; }

    /// <summary>What a client that is refused is told beside the text; null for nothing.</summary>
    public ConnectPayload? Refusal { get; }

    /// <summary>What the hub implements.</summary>
    public Type HubInterface { get; }

    /// <summary>Lets a hub decide. Returns null when it accepts.</summary>
    /// <param name="hub">The hub, which implements <see cref="HubInterface"/>.</param>
    /// <param name="auth">What the client says about itself; null for nothing.</param>
    /// <param name="cancellationToken">Cancelled when the client is gone.</param>
    public abstract ValueTask<Unauthorized?> DecideAsync(object hub, object? auth, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="TAuth">What a client says about itself.</typeparam>
/// <typeparam name="TAuthCodec">The codec of <typeparamref name="TAuth"/>.</typeparam>
public sealed class ConnectAuthentication<TAuth, TAuthCodec>() : ConnectAuthentication(new ConnectPayload<TAuth, TAuthCodec>(), null, typeof(IAuthenticateClients<TAuth>))
    where TAuth : class
    where TAuthCodec : struct, IPayloadCodec<TAuth>
{
    /// <inheritdoc/>
    public override async ValueTask<Unauthorized?> DecideAsync(object hub, object? auth, CancellationToken cancellationToken) =>
        await ((IAuthenticateClients<TAuth>)hub).OnConnecting((TAuth?)auth, cancellationToken).ConfigureAwait(false) is { } refusal ? new Unauthorized(refusal.Text) : null;
}

/// <inheritdoc/>
/// <typeparam name="TAuth">What a client says about itself.</typeparam>
/// <typeparam name="TAuthCodec">The codec of <typeparamref name="TAuth"/>.</typeparam>
/// <typeparam name="TRefusal">What a client that is refused is told.</typeparam>
/// <typeparam name="TRefusalCodec">The codec of <typeparamref name="TRefusal"/>.</typeparam>
public sealed class ConnectAuthentication<TAuth, TAuthCodec, TRefusal, TRefusalCodec>()
    : ConnectAuthentication(new ConnectPayload<TAuth, TAuthCodec>(), new ConnectPayload<TRefusal, TRefusalCodec>(), typeof(IAuthenticateClients<TAuth, TRefusal>))
    where TAuth : class
    where TAuthCodec : struct, IPayloadCodec<TAuth>
    where TRefusal : class
    where TRefusalCodec : struct, IPayloadCodec<TRefusal>
{
    /// <inheritdoc/>
    public override async ValueTask<Unauthorized?> DecideAsync(object hub, object? auth, CancellationToken cancellationToken) =>
        await ((IAuthenticateClients<TAuth, TRefusal>)hub).OnConnecting((TAuth?)auth, cancellationToken).ConfigureAwait(false) is { } refusal
            ? new Unauthorized(refusal.Text) { Data = refusal.Data }
            : null;
}
