using TypedSockets.Events;

namespace TypedSockets.Protocol.Channels;

/// <summary>Sends through another sender, with a timeout of its own for requests.</summary>
/// <param name="sender">Takes the events.</param>
/// <param name="requests">The same, for requests.</param>
/// <param name="timeout">How long an answer may take.</param>
internal sealed class LimitedSender(EventSender sender, ILimitedSender requests, TimeSpan timeout) : EventSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments) => sender.Send(eventId, arguments);

    public override void SendLatest<TArguments>(int eventId, in TArguments arguments) => sender.SendLatest(eventId, arguments);

    public override void SendDroppable<TArguments>(int eventId, in TArguments arguments) => sender.SendDroppable(eventId, arguments);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        requests.Request(eventId, arguments, timeout, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        requests.Request<TArguments, TResult, TCodec>(eventId, arguments, timeout, cancellationToken);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        requests.GetChannel(eventId).Request(eventId, arguments, streams, timeout, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        requests.GetChannel(eventId).Request<TArguments, TResult, TCodec>(eventId, arguments, streams, timeout, cancellationToken);

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        requests.GetChannel(eventId).OpenStream<TArguments, TItem, TCodec>(eventId, arguments, streams, timeout, cancellationToken);

    public override EventSender WithTimeout(TimeSpan timeout) => sender.WithTimeout(timeout);
}
