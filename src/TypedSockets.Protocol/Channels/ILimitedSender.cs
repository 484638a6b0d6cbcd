using TypedSockets.Events;

namespace TypedSockets.Protocol.Channels;

/// <summary>A sender that takes a timeout with each request. Safe for concurrent use.</summary>
internal interface ILimitedSender
{
    /// <inheritdoc cref="EventSender.Request{TArguments, TResult, TCodec}(int, in TArguments, CancellationToken)"/>
    ValueTask Request<TArguments>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload;

    /// <inheritdoc cref="EventSender.Request{TArguments, TResult, TCodec}(int, in TArguments, CancellationToken)"/>
    ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult>;

    /// <inheritdoc cref="EventSender.Request{TArguments, TResult, TCodec}(int, in TArguments, StreamSource[], CancellationToken)"/>
    ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, TimeSpan timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload;

    /// <inheritdoc cref="EventSender.Request{TArguments, TResult, TCodec}(int, in TArguments, StreamSource[], CancellationToken)"/>
    ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult>;

    /// <inheritdoc cref="EventSender.OpenStream"/>
    IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TItem>;
}
