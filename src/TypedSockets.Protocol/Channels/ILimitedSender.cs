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

    /// <summary>The channel that carries an event with streams.</summary>
    /// <exception cref="NotConnectedException">There is none.</exception>
    EventChannel GetChannel(int eventId);
}
