using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>A request that takes streams and is answered with a value.</summary>
internal sealed class PendingUpload<TResult, TCodec> : PendingRequest<TResult, TCodec>, IStreamingRequest
    where TCodec : struct, IPayloadCodec<TResult>
{
    private readonly ObservedRequest? _observed;

    public PendingUpload(EventChannel channel, ContractShape contract, EventShape @event, AnswerTimeout timeout, StreamSource[] sources, ObservedRequest? observed)
        : base(channel.GetPending(), contract, @event, timeout)
    {
        _observed = observed;
        Arguments = new ArgumentStreams(channel, sources, this, observed?.Activity);
    }

    public ArgumentStreams Arguments { get; }

    IncomingStream? IStreamingRequest.Result => null;

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        Arguments.End();
        base.SetResult(payload, limits);
    }

    protected override TResult Read(scoped PayloadBytes payload, PayloadLimits limits)
    {
        var result = base.Read(payload, limits);
        _observed?.End(null);
        return result;
    }

    protected override void SetException(Exception exception)
    {
        Arguments.End();
        _observed?.End(exception);
        base.SetException(exception);
    }
}

/// <summary>A request that takes streams and is answered without a value.</summary>
internal sealed class PendingUpload : PendingAcknowledgement, IStreamingRequest
{
    private readonly ObservedRequest? _observed;

    public PendingUpload(EventChannel channel, ContractShape contract, EventShape @event, AnswerTimeout timeout, StreamSource[] sources, ObservedRequest? observed)
        : base(channel.GetPending(), contract, @event, timeout)
    {
        _observed = observed;
        Arguments = new ArgumentStreams(channel, sources, this, observed?.Activity);
    }

    public ArgumentStreams Arguments { get; }

    IncomingStream? IStreamingRequest.Result => null;

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        Arguments.End();
        base.SetResult(payload, limits);
    }

    protected override bool Read(scoped PayloadBytes payload, PayloadLimits limits)
    {
        _observed?.End(null);
        return base.Read(payload, limits);
    }

    protected override void SetException(Exception exception)
    {
        Arguments.End();
        _observed?.End(exception);
        base.SetException(exception);
    }
}
