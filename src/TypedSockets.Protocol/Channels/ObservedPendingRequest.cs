using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Channels;

/// <summary>A request that somebody watches. It is what is awaited itself, as any other: a task around it would wait in the caller's place, whether the caller does or not.</summary>
internal sealed class ObservedPendingRequest<TResult, TCodec>(ObservedRequest observed, PendingRequests owner, ContractShape contract, EventShape @event, AnswerTimeout timeout)
    : PendingRequest<TResult, TCodec>(owner, contract, @event, timeout)
    where TCodec : struct, IPayloadCodec<TResult>
{
    protected override TResult Read(scoped PayloadBytes payload, PayloadLimits limits)
    {
        var result = base.Read(payload, limits);
        // Before the caller has it: whoever goes on with an answer finds it measured.
        observed.End(null);
        return result;
    }

    protected override void SetException(Exception exception)
    {
        observed.End(exception);
        base.SetException(exception);
    }
}

/// <inheritdoc cref="ObservedPendingRequest{TResult, TCodec}"/>
internal sealed class ObservedPendingAcknowledgement(ObservedRequest observed, PendingRequests owner, ContractShape contract, EventShape @event, AnswerTimeout timeout)
    : PendingAcknowledgement(owner, contract, @event, timeout)
{
    protected override bool Read(scoped PayloadBytes payload, PayloadLimits limits)
    {
        observed.End(null);
        return base.Read(payload, limits);
    }

    protected override void SetException(Exception exception)
    {
        observed.End(exception);
        base.SetException(exception);
    }
}
