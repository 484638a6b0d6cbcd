using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Recovery;

namespace TypedSockets.Protocol.Channels;

/// <summary>
/// One namespace of one session: sends the events of one direction of a contract, matches their answers, and hands the events of the other direction to the dispatcher, one at a
/// time and in order. Sending is safe for concurrent use; receiving is for the receive loop alone.
/// </summary>
internal sealed partial class EventChannel : EventSender, ILimitedSender
{
    private readonly IChannelHost _host;
    private readonly ChannelOptions _options;
    private readonly ContractShape _shape;
    private readonly Side _side;
    private readonly IReadOnlyList<EventShape> _outgoing;
    private readonly IReadOnlyList<EventShape> _incoming;
    private readonly EventNumbers _numbers;
    private readonly EventQueue _queue;
    private readonly Replies _replies;
    private readonly EventObserver? _observer;
    private EventDispatcher? _dispatcher;
    private bool _mayAsk;

    // Made when they are first needed: most channels of a server ask nothing, and most handlers cannot be cancelled.
    private PendingRequests? _pending;
    private RunningRequests? _running;
    private volatile DisconnectReason? _ended;
    private int _isFinished;
    private volatile bool _isPending;

    /// <param name="host">The connection below.</param>
    /// <param name="side">Which end this is.</param>
    /// <param name="shape">This end's build of the contract.</param>
    /// <param name="numbers">How the numbers on the wire map to this end's.</param>
    /// <param name="options">What the channel is allowed.</param>
    /// <param name="callbackContext">Where handlers run; null to run them on the receive loop, which costs no copy and no thread.</param>
    public EventChannel(IChannelHost host, Side side, ContractShape shape, EventNumbers numbers, ChannelOptions options, SynchronizationContext? callbackContext)
    {
        _host = host;
        _options = options;
        _observer = options.Observer;
        _shape = shape;
        _side = side;
        _numbers = numbers;
        (_outgoing, _incoming) = side is Side.Server ? (shape.ClientEvents, shape.ServerEvents) : (shape.ServerEvents, shape.ClientEvents);
        _replies = new Replies(this);
        _queue = new EventQueue(this, options, callbackContext);
    }

    /// <summary>Why the channel ended; null while it is open.</summary>
    public DisconnectReason? Ended => _ended;

    /// <summary>Whether it is still being decided if the client may connect: nothing is received or sent until then.</summary>
    public bool IsPending => _isPending;

    /// <summary>On a client, what it comes back with to a Socket.IO server; null where that recovers nothing. Set before anything is received.</summary>
    public RecoveryPosition? Recovery { get; init; }

    /// <summary>How the namespace and its events are called on the wire.</summary>
    public EventNumbers Numbers => _numbers;

    /// <summary>Whether so much waits for the running handler that nothing more should be received.</summary>
    public bool IsFull => _queue.IsFull;

    /// <summary>How many bytes of events wait for the running handler.</summary>
    public long QueuedBytes => _queue.QueuedBytes;

    /// <summary>Completes when <see cref="IsFull"/> is over.</summary>
    public Task WhenDrainedAsync() => _queue.WhenDrainedAsync();

    /// <summary>Whether the client may connect is decided by what the handler does first. Called before <see cref="Start"/>.</summary>
    public void Pend() => _isPending = true;

    /// <summary>The client may connect.</summary>
    public void Admit() => _isPending = false;

    /// <summary>Cancelled when the channel is over.</summary>
    public CancellationToken GetEndedToken() => GetRunning().GetToken(null);

    /// <summary>Starts to dispatch. Events that arrive while <paramref name="first"/> runs wait for it.</summary>
    /// <param name="dispatcher">Decodes events and calls the handler; null where the contract has none.</param>
    /// <param name="first">What the handler does before its first event.</param>
    /// <param name="onAny">Handles, in turn with the others, the events that the contract does not have; null to refuse them.</param>
    public void Start(EventDispatcher? dispatcher, Func<ValueTask>? first, Func<DynamicEvent, ValueTask>? onAny = null)
    {
        _dispatcher = dispatcher;
        _mayAsk = dispatcher is { MayAsk: true };
        _queue.Flow = ExecutionContext.Capture();
        _onAny = onAny;
        if (first is not null)
        {
            _queue.Run(first);
        }
    }

    /// <summary>
    /// The channel is over: what waits for answers fails, and handlers that take a token are cancelled. Safe for concurrent use; only the first call counts.
    /// </summary>
    public void End(DisconnectReason reason)
    {
        if (Interlocked.CompareExchange(ref _ended, reason, null) is null)
        {
            Volatile.Read(ref _pending)?.End(reason);
            Volatile.Read(ref _running)?.End(reason);
            _queue.Release();
        }
    }

    /// <summary>
    /// Runs <paramref name="last"/> after every event that was received; only the first call counts. For the receive loop, or for what it runs; it hands on nothing afterwards.
    /// </summary>
    public void Finish(Func<ValueTask> last)
    {
        if (Interlocked.Exchange(ref _isFinished, 1) == 0)
        {
            _queue.Run(last, kind: WorkKind.Last);
        }
    }

    /// <summary>Runs something in turn with the events, unless the channel is over. For the receive loop.</summary>
    public void Run(Func<ValueTask> work)
    {
        if (Volatile.Read(ref _isFinished) == 0)
        {
            _queue.Run(work);
        }
    }

    /// <summary>
    /// Runs something at the first moment at which no handler runs and no event waits, unless the channel is over. Events that arrive meanwhile do not wait for it: a handler that runs may
    /// need them, when it asks a peer that asks back. For the receive loop.
    /// </summary>
    public void RunWhenIdle(Func<ValueTask> work)
    {
        if (Volatile.Read(ref _isFinished) == 0)
        {
            _queue.Run(work, kind: WorkKind.Idle);
        }
    }

    /// <summary>Handles an event, a request, an answer or a cancellation. For the receive loop.</summary>
    /// <exception cref="Packets.PacketException">The packet may not be sent or cannot be read.</exception>
    public void Receive(in NamespacePacket packet)
    {
        if (_ended is not null)
        {
            // The peer may not have heard of it yet.
            return;
        }

        switch (packet.Type)
        {
            case NamespacePacketType.Event or NamespacePacketType.Request:
                ReceiveEvent(packet);
                break;
            case NamespacePacketType.Ack:
                TakeAnswer(packet);
                break;
            case NamespacePacketType.Fault:
                TakeFault(packet);
                break;
            case NamespacePacketType.Cancel:
                Volatile.Read(ref _running)?.Cancel(packet.AckId.GetValueOrDefault());
                break;
            case >= NamespacePacketType.StreamItem and <= NamespacePacketType.StreamCancel:
                ReceiveStream(packet);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(packet), packet.Type, "Not a packet of an open namespace.");
        }
    }

    /// <summary>Lets the request that comes next live no longer than its caller waits. For the receive loop.</summary>
    /// <returns>False when it is over already: it has been answered, and is not to be received.</returns>
    public bool TryLimit(uint ackId, TimeSpan left)
    {
        if (left > TimeSpan.Zero)
        {
            GetRunning().Limit(ackId, _host.Wheel, left);
            return true;
        }

        _replies.Refuse(ackId, RemoteFault.Canceled, null);
        return false;
    }

    private void ReceiveEvent(in NamespacePacket packet)
    {
        var eventId = _numbers.ToLocal(packet.EventNumber, _shape, _incoming.Count);
        if (eventId >= 0)
        {
            _queue.Receive(eventId, packet.AckId, new PayloadBytes(EventCodec.Ts1, packet.Payload) { Caller = packet.Caller });
            return;
        }

        // The agreement has told both ends that this event is missing here. An event that nobody waits for is let be.
        RefuseUnknown(packet.AckId);
    }

    private void TakeAnswer(in NamespacePacket packet)
    {
        if (Volatile.Read(ref _pending)?.TryTake(packet.AckId.GetValueOrDefault()) is not { } request)
        {
            return;
        }

        Complete(request, new PayloadBytes(EventCodec.Ts1, packet.Payload));
    }

    private void TakeFault(in NamespacePacket packet)
    {
        if (Volatile.Read(ref _pending)?.TryTake(packet.AckId.GetValueOrDefault()) is not { } request)
        {
            return;
        }

        try
        {
            var reader = new MessagePackReader(packet.Payload, _options.PayloadLimits);
            var values = reader.BeginArray();
            var fault = (RemoteFault)reader.ReadInt32();
            var detail = reader.TryReadNil() ? null : reader.ReadString();
            if (fault is RemoteFault.Declared)
            {
                var exception = ReadDeclared(request, ref reader, ref values);
                reader.EndArray(values - 2);
                request.Fail(exception);
                return;
            }

            long? retryAfter = null;
            var left = values - 2;
            if (left > 0 && fault is (RemoteFault.Unauthenticated or RemoteFault.Forbidden or RemoteFault.RateLimited))
            {
                retryAfter = reader.TryReadNil() ? null : reader.ReadInt64();
                left--;
            }

            reader.EndArray(left);
            request.Fail(new RemoteException(request.Event, fault, detail) { RetryAfter = ReasonCodec.Duration(retryAfter) });
        }
        catch (Exception exception)
        {
            // A type's own constructor may have refused the value with any exception.
            request.Fail(exception);
            throw Unreadable($"The fault of '{request.Event}'", exception);
        }
    }

    // Behind the kind and the detail stand the fault's name and its value.
    private static RemoteException ReadDeclared(PendingRequest request, ref MessagePackReader reader, ref int values)
    {
        if (values < 4)
        {
            throw PayloadException.Missing("the declared fault");
        }

        var name = reader.ReadString();
        values--;
        if (request.FindFault(name) is not { } declared)
        {
            return new RemoteException(request.Event, name);
        }

        values--;
        return declared.Read(request.Event, ref reader);
    }

    private void Complete(PendingRequest request, scoped PayloadBytes result)
    {
        try
        {
            request.Complete(result, _options.PayloadLimits);
        }
        catch (Exception exception)
        {
            // The caller has been told; a type's own constructor may have refused the value with any exception.
            throw Unreadable($"The result of '{request.Event}'", exception);
        }
    }

    /// <summary>Reads the arguments and calls the handler.</summary>
    private ValueTask Dispatch(int eventId, uint? ackId, scoped PayloadBytes payload) =>
        _observer is { ObservesDispatch: true } observer ? DispatchObserved(observer, eventId, ackId, payload) : Dispatch(eventId, ackId, payload, _replies);

    private ValueTask Dispatch(int eventId, uint? ackId, scoped PayloadBytes payload, EventReplies replies)
    {
        if (payload.Codec is not EventCodec.Ts1)
        {
            return DispatchSocketIO(eventId, ackId, payload, replies);
        }

        var reader = new MessagePackReader(payload.Bytes, _options.PayloadLimits);
        try
        {
            return _dispatcher!.Dispatch(eventId, ref reader, new EventCall(replies, eventId, ackId));
        }
        catch (Exception exception) when (exception is not Packets.PacketException)
        {
            if (!reader.IsComplete)
            {
                throw Unreadable($"Event '{NameOf(_incoming, eventId)}'", exception);
            }

            replies.Fault(eventId, ackId, exception);
            return default;
        }
    }

    // Nobody handles it here, and whoever waits for an answer is told so.
    private void RefuseUnknown(uint? ackId)
    {
        _observer?.RefusedOther(ErrorTypes.UnknownEvent);
        if (ackId is { } id)
        {
            _replies.RefuseUnknown(id);
        }
    }

    /// <summary>Reads the key of a keyed event; null when it cannot be read.</summary>
    private object? ReadKey(int eventId, scoped PayloadBytes payload)
    {
        try
        {
            if (payload.Codec is EventCodec.Ts1)
            {
                var reader = new MessagePackReader(payload.Bytes, _options.PayloadLimits);
                return _dispatcher!.GetConcurrencyKey(eventId, ref reader);
            }

            var json = new JsonReader(payload.Bytes, _options.PayloadLimits, payload.Attachments);
            return _dispatcher!.GetConcurrencyKey(eventId, ref json);
        }
        catch (PayloadException)
        {
            // The dispatcher finds the same in the event's turn, and what comes of it is decided there.
            return null;
        }
    }

    /// <summary>Answers a request whose caller has given it up, or whose time has passed, before its turn came.</summary>
    private bool RefuseGivenUp(uint? ackId)
    {
        if (ackId is not { } id || Volatile.Read(ref _running)?.IsCancelled(id) is not true)
        {
            return false;
        }

        _replies.Refuse(id, RemoteFault.Canceled, null);
        return true;
    }

    public PendingRequests GetPending()
    {
        if (Volatile.Read(ref _pending) is { } existing)
        {
            return existing;
        }

        var created = new PendingRequests(_host.Wheel, _options.MaxPendingRequests, _host.Codec is EventCodec.Ts1 ? SendCancel : null, _host);
        var pending = Interlocked.CompareExchange(ref _pending, created, null) ?? created;
        if (_ended is { } reason)
        {
            // The channel ended before there was anything to end.
            pending.End(reason);
        }

        return pending;
    }

    private RunningRequests GetRunning()
    {
        if (Volatile.Read(ref _running) is { } existing)
        {
            return existing;
        }

        var created = new RunningRequests();
        var running = Interlocked.CompareExchange(ref _running, created, null) ?? created;
        if (_ended is { } reason)
        {
            running.End(reason);
        }

        return running;
    }

    private string NameOf(IReadOnlyList<EventShape> events, int eventId) => $"{_shape.Name}.{events[eventId].Name}";

    /// <summary>The peer is told what our reader found. What a type's own constructor threw stays here: it may tell more than a stranger should know.</summary>
    public static Packets.PacketException Unreadable(string what, Exception exception) =>
        new(new ParseError($"{what} cannot be read: {(exception is PayloadException ? exception.Message : "a value was refused by its type.")}"));
}
