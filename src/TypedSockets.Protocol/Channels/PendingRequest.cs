using System.Threading.Tasks.Sources;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

/// <summary>A request that waits for its answer. Whatever ends it first counts: the answer, a fault, the caller's token, the timeout or the end of the connection.</summary>
internal abstract class PendingRequest(PendingRequests owner, string @event, TimeSpan timeout) : TimingWheel.Entry
{
    private CancellationTokenRegistration _registration;
    private int _isEnded;

    public string Event { get; } = @event;

    /// <summary>The number that correlates the answer; set when the request is registered.</summary>
    public uint AckId { get; set; }

    /// <summary>Takes a number and starts the timeout.</summary>
    /// <inheritdoc cref="PendingRequests.Add" path="/exception"/>
    public void Register() => owner.Add(this, timeout);

    /// <summary>Takes a number that the same question to others has too, and starts the timeout.</summary>
    /// <inheritdoc cref="PendingRequests.Add" path="/exception"/>
    public void RegisterShared(uint ackId) => owner.AddShared(this, ackId, timeout);

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
        if (Volatile.Read(ref _isEnded) != 0)
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

    protected internal override void OnDue(TimeSpan now)
    {
        if (TryEnd())
        {
            SetException(new TimeoutException($"Event '{Event}' was not answered within {timeout.TotalSeconds:0.###} s (RequestTimeout)."));
            owner.GiveUp(this);
        }
    }

    // The caller has been told of the timeout; only the peer may not have heard that its answer is no longer wanted.
    protected internal override void OnDueFailed(Exception exception) => Fail(exception);

    protected abstract void SetResult(scoped PayloadBytes payload, PayloadLimits limits);

    protected abstract void SetException(Exception exception);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (TryEnd())
        {
            SetException(new OperationCanceledException(cancellationToken));
            owner.GiveUp(this);
        }
    }

    private bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return false;
        }

        owner.Wheel.Remove(this);
        _registration.Unregister();
        return true;
    }
}

/// <summary>A request whose answer carries a value.</summary>
internal sealed class PendingRequest<TResult, TCodec>(PendingRequests owner, string @event, TimeSpan timeout) : PendingRequest(owner, @event, timeout), IValueTaskSource<TResult>
    where TCodec : struct, IPayloadCodec<TResult>
{
    // Continuations never run on the receive loop: the code behind an await may block, and the loop answers heartbeats.
    private ManualResetValueTaskSourceCore<TResult> _source = new() { RunContinuationsAsynchronously = true };

    public ValueTask<TResult> Task => new(this, _source.Version);

    public TResult GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits) => _source.SetResult(ResultReader.Read<TResult, TCodec>(payload, limits));

    protected override void SetException(Exception exception) => _source.SetException(exception);
}

/// <summary>A request whose answer carries nothing.</summary>
internal sealed class PendingAcknowledgement(PendingRequests owner, string @event, TimeSpan timeout) : PendingRequest(owner, @event, timeout), IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };

    public ValueTask Task => new(this, _source.Version);

    public void GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);

    // A value that an acknowledgement does not need is let be: the peer's build of the contract may return one.
    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits) => _source.SetResult(true);

    protected override void SetException(Exception exception) => _source.SetException(exception);
}
