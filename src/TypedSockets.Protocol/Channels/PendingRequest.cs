using System.Threading.Tasks.Sources;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

/// <summary>
/// A request that waits for its answer. Whatever ends it first counts: the answer, a fault, the caller's token, the timeout or the end of the connection. Where a handler of the peer's
/// events waits for it, the handler gives up its turn meanwhile, and hears of the end when it has it back.
/// </summary>
internal abstract class PendingRequest(PendingRequests owner, ContractShape contract, EventShape @event, AnswerTimeout timeout) : TimingWheel.Entry
{
    private static readonly object s_ended = new();

    private CancellationTokenRegistration _registration;

    // Null, or the handler that waits, or the mark that the request has ended.
    private object? _state;
    private EventChannel.HandlerTurn? _waiting;

    /// <summary>The event, as <c>Contract.Event</c>.</summary>
    public string Event => $"{contract.Name}.{@event.Name}";

    /// <summary>The number that correlates the answer; set when the request is registered.</summary>
    public uint AckId { get; set; }

    /// <summary>Takes a number and starts the timeout.</summary>
    /// <param name="holdsNumber">Whether the number stays taken when the answer has come, until <see cref="ReleaseNumber"/>.</param>
    /// <inheritdoc cref="PendingRequests.Add" path="/exception"/>
    public void Register(bool holdsNumber = false) => owner.Add(this, timeout.Duration, holdsNumber);

    /// <summary>Takes a number that the same question to others has too, and starts the timeout.</summary>
    /// <inheritdoc cref="PendingRequests.Add" path="/exception"/>
    public void RegisterShared(uint ackId) => owner.AddShared(this, ackId, timeout.Duration);

    /// <summary>The fault of a name that the event declares; null when it declares none such.</summary>
    public EventFault? FindFault(string name)
    {
        foreach (var fault in @event.Faults)
        {
            if (fault.Name == name)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The request could not be sent: gives the number back.</summary>
    public void Withdraw()
    {
        owner.Remove(this);
        owner.Wheel.Remove(this);
    }

    /// <summary>Lets the caller's token cancel the request. Call it when the request has been sent.</summary>
    public void LinkTo(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(static (request, token) => ((PendingRequest)request!).Cancel(token), this);
        if (Volatile.Read(ref _state) == s_ended)
        {
            _registration.Unregister();
        }
    }

    /// <summary>The answer came.</summary>
    /// <exception cref="PayloadException">It cannot be read. A type's own constructor may refuse a value with any other exception.</exception>
    public void Complete(scoped PayloadBytes payload, PayloadLimits limits)
    {
        if (TryEnd())
        {
            try
            {
                SetResult(payload, limits);
            }
            catch (Exception exception)
            {
                SetException(exception);
                throw;
            }
        }
    }

    public void Fail(Exception exception)
    {
        if (TryEnd())
        {
            SetException(exception);
        }
    }

    /// <summary>The request is given up on this end, which the peer is told.</summary>
    /// <param name="why">What the caller sees.</param>
    public void Abandon(Exception why)
    {
        if (TryEnd())
        {
            SetException(why);
            owner.GiveUp(this);
        }
    }

    protected internal override void OnDue(TimeSpan now) => Abandon(timeout.ToException(Event));

    // The caller has been told of the timeout; only the peer may not have heard that its answer is no longer wanted.
    protected internal override void OnDueFailed(Exception exception) => Fail(exception);

    protected abstract void SetResult(scoped PayloadBytes payload, PayloadLimits limits);

    protected abstract void SetException(Exception exception);

    /// <summary>Nothing more is sent about the request on this end but that it is given up.</summary>
    public void ReleaseNumber() => owner.Release(this);

    /// <summary>Somebody waits for the answer from now on. A handler that does gives up its turn.</summary>
    private protected void BeginWait()
    {
        if (EventChannel.HandlerTurn.Current is { } turn && turn.Peer == owner.Peer && Interlocked.CompareExchange(ref _state, turn, null) is null)
        {
            turn.Wait();
        }
    }

    /// <summary>Whether a handler waits, which is to be told by <see cref="Resume"/>.</summary>
    private protected bool HasWaitingHandler => _waiting is not null;

    /// <summary>Tells the handler that waits, when it has its turn.</summary>
    private protected void Resume(Action goOn) => _waiting!.Resume(goOn, timeout.Duration);

    private void Cancel(CancellationToken cancellationToken) => Abandon(new OperationCanceledException(cancellationToken));

    private bool TryEnd()
    {
        var state = Interlocked.Exchange(ref _state, s_ended);
        if (state == s_ended)
        {
            return false;
        }

        _waiting = state as EventChannel.HandlerTurn;

        owner.Wheel.Remove(this);
        _registration.Unregister();
        return true;
    }
}

/// <summary>A request whose answer carries a value.</summary>
internal class PendingRequest<TResult, TCodec>(PendingRequests owner, ContractShape contract, EventShape @event, AnswerTimeout timeout)
    : PendingValue<TResult>(owner, contract, @event, timeout), IValueTaskSource<TResult>
    where TCodec : struct, IPayloadCodec<TResult>
{
    public ValueTask<TResult> Task => new(this, Version);

    protected override TResult Read(scoped PayloadBytes payload, PayloadLimits limits) => ResultReader.Read<TResult, TCodec>(payload, limits);
}

/// <summary>A request whose answer carries nothing.</summary>
internal class PendingAcknowledgement(PendingRequests owner, ContractShape contract, EventShape @event, AnswerTimeout timeout)
    : PendingValue<bool>(owner, contract, @event, timeout), IValueTaskSource
{
    public ValueTask Task => new(this, Version);

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    // A value that an acknowledgement does not need is let be: the peer's build of the contract may return one.
    protected override bool Read(scoped PayloadBytes payload, PayloadLimits limits) => true;
}
