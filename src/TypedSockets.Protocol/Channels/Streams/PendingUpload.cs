using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>A request that takes streams and is answered with a value. It may take as long as its streams do, so it has no timeout.</summary>
internal sealed class PendingUpload<TResult, TCodec> : PendingRequest<TResult, TCodec>, IStreamingRequest
    where TCodec : struct, IPayloadCodec<TResult>
{
    public PendingUpload(EventChannel channel, PendingRequests owner, string @event, StreamSource[] sources) : base(owner, @event, Timeout.InfiniteTimeSpan) =>
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
    public PendingUpload(EventChannel channel, PendingRequests owner, string @event, StreamSource[] sources) : base(owner, @event, Timeout.InfiniteTimeSpan) =>
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
