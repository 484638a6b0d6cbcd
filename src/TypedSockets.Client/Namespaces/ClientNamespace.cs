using TypedSockets.Client.Filters;
using TypedSockets.Events;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Recovery;

namespace TypedSockets.Client.Namespaces;

/// <summary>A contract that a socket has opened, or a namespace without one, whose dispatcher is null. It outlives connections: its proxy sends on whichever channel is open.</summary>
/// <param name="shape">This end's build of the contract.</param>
/// <param name="authentication">How its clients say who they are; null where everybody may connect.</param>
/// <param name="auth">Asked before each try to connect what this client says; null for nothing.</param>
/// <param name="filters">What events without a contract go through; null for nothing.</param>
internal sealed class ClientNamespace(ContractShape shape, ConnectAuthentication? authentication, Func<CancellationToken, ValueTask<object?>>? auth, ClientFilters? filters)
    : EventSender, ILimitedSender, IDynamicSender
{
    private volatile EventChannel? _channel;
    private TaskCompletionSource? _finished;
    private EventObserver? _observer;

    public ContractShape Shape { get; } = shape;

    public ConnectAuthentication? Authentication { get; } = authentication;

    /// <summary>Calls the handler; null where there is no contract. Set before the socket connects.</summary>
    public EventDispatcher? Dispatcher { get; set; }

    /// <summary>Whether this client says who it is, which is no part of an address.</summary>
    public bool HasAuth { get; } = auth is not null;

    /// <summary>What the client comes back with to a Socket.IO server; null where that recovers nothing. For the receive loop.</summary>
    public RecoveryPosition? Recovery { get; private set; }

    /// <summary>The server has said what the client is to come back with; null for nothing. Returns whether that is the connection that it lost. For the receive loop.</summary>
    public bool TakeRecoveryId(string? recoveryId)
    {
        if (recoveryId is not null && Recovery?.RecoveryId == recoveryId)
        {
            return true;
        }

        Recovery = recoveryId is null ? null : new RecoveryPosition(recoveryId);
        return false;
    }

    /// <summary>Returns what this client says about itself now; null for nothing.</summary>
    /// <exception cref="DisconnectedException">It cannot be had.</exception>
    public async ValueTask<object?> GetAuthAsync(CancellationToken cancellationToken)
    {
        try
        {
            return auth is null ? null : await auth(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new DisconnectedException(new TransportError($"The auth payload of namespace '{Shape.Namespace}' cannot be had: {exception.Message}", exception) { Initiator = Initiator.Local });
        }
    }

    /// <summary>What handles events that no contract has; null when nobody asked for them. Set before the socket connects.</summary>
    public DynamicNamespace? Dynamic { get; set; }

    /// <summary>Whether the channel is open.</summary>
    public bool IsOpen => _channel is { Ended: null };

    /// <summary>Returns what measures and traces the events of every connection. For their receive loops.</summary>
    public EventObserver GetObserver(EventInstruments instruments) => _observer ??= new EventObserver(instruments, Shape, Side.Client);

    /// <summary>A new connection opened the namespace. For its receive loop.</summary>
    public void Attach(EventChannel channel)
    {
        var previous = _finished?.Task;
        _finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _channel = channel;
        // A handler of the last connection may still be at work: one handler runs at a time, across connections too.
        channel.Start(Dispatcher, previous is { IsCompleted: false } ? () => new ValueTask(previous) : null, Dynamic is { } dynamic ? Around(dynamic.HandleAsync, channel) : null);
    }

    /// <summary>The connection is over. For its receive loop.</summary>
    public void Detach(EventChannel channel)
    {
        var finished = _finished;
        channel.Finish(() =>
        {
            finished?.SetResult();
            return default;
        });
    }

    public override void Send<TArguments>(int eventId, in TArguments arguments) => Channel(eventId).Send(eventId, arguments);

    public override void SendLatest<TArguments>(int eventId, in TArguments arguments) => Channel(eventId).SendLatest(eventId, arguments);

    public override void SendDroppable<TArguments>(int eventId, in TArguments arguments) => Channel(eventId).SendDroppable(eventId, arguments);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        Channel(eventId).Request(eventId, arguments, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        Channel(eventId).Request<TArguments, TResult, TCodec>(eventId, arguments, cancellationToken);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        Channel(eventId).Request(eventId, arguments, streams, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        Channel(eventId).Request<TArguments, TResult, TCodec>(eventId, arguments, streams, cancellationToken);

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        Channel(eventId).OpenStream<TArguments, TItem, TCodec>(eventId, arguments, streams, cancellationToken);

    public ValueTask Request<TArguments>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload =>
        Channel(eventId).Request(eventId, arguments, timeout, cancellationToken);

    public ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult> =>
        Channel(eventId).Request<TArguments, TResult, TCodec>(eventId, arguments, timeout, cancellationToken);

    public EventChannel GetChannel(int eventId) => Channel(eventId);

    public override EventSender WithTimeout(TimeSpan timeout) => new LimitedSender(this, this, timeout);

    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments) => Channel(name).Emit(name, arguments);

    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken) =>
        Channel(name).EmitWithAck(name, arguments, cancellationToken);

    private Func<DynamicEvent, ValueTask> Around(Func<DynamicEvent, ValueTask> handler, EventChannel channel) => filters is null
        ? handler
        : dynamicEvent => new DynamicInvocation(dynamicEvent, handler, channel).LeadAsync(invocation => filters.Event(new ClientEventContext(Shape, dynamicEvent.Name, null, invocation)));

    // A channel that has ended stays, and says itself why.
    private EventChannel Channel(int eventId) => _channel ?? throw new NotConnectedException($"{Shape.Name}.{Shape.ServerEvents[eventId].Name}", null);

    private EventChannel Channel(string name) => _channel ?? throw new NotConnectedException($"{Shape.Name}.{name}", null);
}
