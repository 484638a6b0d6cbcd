using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>A request that takes streams and is answered with a value.</summary>
internal sealed class PendingUpload<TResult, TCodec> : PendingRequest<TResult, TCodec>, IStreamingRequest
    where TCodec : struct, IPayloadCodec<TResult>
{
    public PendingUpload(EventChannel channel, ContractShape contract, EventShape @event, AnswerTimeout timeout, StreamSource[] sources) : base(channel.GetPending(), contract, @event, timeout) =>
        Arguments = new ArgumentStreams(channel, sources, this);

    public ArgumentStreams Arguments { get; }

    IncomingStream? IStreamingRequest.Result => null;

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        Arguments.End();
        base.SetResult(payload, limits);
    }

    protected override void SetException(Exception exception)
    {
        Arguments.End();
        base.SetException(exception);
    }
}

/// <summary>A request that takes streams and is answered without a value.</summary>
internal sealed class PendingUpload : PendingAcknowledgement, IStreamingRequest
{
    public PendingUpload(EventChannel channel, ContractShape contract, EventShape @event, AnswerTimeout timeout, StreamSource[] sources) : base(channel.GetPending(), contract, @event, timeout) =>
        Arguments = new ArgumentStreams(channel, sources, this);

    public ArgumentStreams Arguments { get; }

    IncomingStream? IStreamingRequest.Result => null;

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        Arguments.End();
        base.SetResult(payload, limits);
    }

    protected override void SetException(Exception exception)
    {
        Arguments.End();
        base.SetException(exception);
    }
}
