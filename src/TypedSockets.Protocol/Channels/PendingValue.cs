using System.Threading.Tasks.Sources;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Channels;

/// <summary>A request whose answer one caller awaits, as the source of its value task.</summary>
/// <typeparam name="TValue">What the caller gets.</typeparam>
internal abstract class PendingValue<TValue>(PendingRequests owner, ContractShape contract, EventShape @event, AnswerTimeout timeout) : PendingRequest(owner, contract, @event, timeout)
{
    // Continuations never run on the receive loop: the code behind an await may block, and the loop answers heartbeats.
    private ManualResetValueTaskSourceCore<TValue> _source = new() { RunContinuationsAsynchronously = true };

    protected short Version => _source.Version;

    public TValue GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        BeginWait();
        _source.OnCompleted(continuation, state, token, flags);
    }

    protected abstract TValue Read(scoped PayloadBytes payload, PayloadLimits limits);

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        var value = Read(payload, limits);
        if (HasWaitingHandler)
        {
            ResumeWith(value);
        }
        else
        {
            _source.SetResult(value);
        }
    }

    protected override void SetException(Exception exception)
    {
        if (HasWaitingHandler)
        {
            ResumeWith(exception);
        }
        else
        {
            _source.SetException(exception);
        }
    }

    // Apart from the above, which must not make the closures.
    private void ResumeWith(TValue value) => Resume(() => _source.SetResult(value));

    private void ResumeWith(Exception exception) => Resume(() => _source.SetException(exception));
}
