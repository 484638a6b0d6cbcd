using System.Diagnostics;
using TypedSockets.Events;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Observability;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Recovery;

/// <summary>Sends to one client, whichever connection it has: a one-way event that it is not there for waits until it comes back. Requests do not wait.</summary>
internal sealed class RecoverableSender(HubNamespace hubs, ConnectionRecovery recovery, RecoverableClient client) : EventSender, ILimitedSender, IDynamicSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        var isSent = hubs.ChannelOptions.Observer is { ObservesSending: true } observer && client.MayReturn
            ? TrySendObserved(observer, eventId, arguments)
            : TrySend(eventId, arguments, out _);
        if (!isSent)
        {
            // It has ended, and says why.
            client.Channel.Send(eventId, arguments);
        }
    }

    private bool TrySendObserved<TArguments>(EventObserver observer, int eventId, in TArguments arguments) where TArguments : struct, IPayload
    {
        using var activity = observer.StartSending(eventId, ActivityKind.Client);
        activity?.Describe(client.Channel.Host);
        try
        {
            var isSent = TrySend(eventId, arguments, out var sent);
            observer.Sent(eventId, sent.Deliveries, sent.Bytes);
            return isSent;
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            throw;
        }
    }

    private bool TrySend<TArguments>(int eventId, in TArguments arguments, out BroadcastTally sent) where TArguments : struct, IPayload =>
        recovery.TrySend(hubs.Numbers.SocketIO.RouteOf(eventId), arguments, client.Target, out sent);

    // What may be replaced or dropped while its client reads slowly does not wait for one that is away, as Socket.IO's volatile events do not.
    public override void SendLatest<TArguments>(int eventId, in TArguments arguments)
    {
        if (client.Channel is { Ended: null } channel)
        {
            channel.SendLatest(eventId, arguments);
        }
    }

    public override void SendDroppable<TArguments>(int eventId, in TArguments arguments)
    {
        if (client.Channel is { Ended: null } channel)
        {
            channel.SendDroppable(eventId, arguments);
        }
    }

    public override EventSender WithTimeout(TimeSpan timeout) => new LimitedSender(this, this, timeout);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        client.Channel.Request(eventId, arguments, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        client.Channel.Request<TArguments, TResult, TCodec>(eventId, arguments, cancellationToken);

    // Socket.IO has no streams, and says so.
    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        client.Channel.Request(eventId, arguments, streams, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        client.Channel.Request<TArguments, TResult, TCodec>(eventId, arguments, streams, cancellationToken);

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        client.Channel.OpenStream<TArguments, TItem, TCodec>(eventId, arguments, streams, cancellationToken);

    public EventChannel GetChannel(int eventId) => client.Channel;

    public ValueTask Request<TArguments>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload =>
        client.Channel.Request(eventId, arguments, timeout, cancellationToken);

    public ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult> =>
        client.Channel.Request<TArguments, TResult, TCodec>(eventId, arguments, timeout, cancellationToken);

    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments)
    {
        if (recovery.TrySend(new SocketIORoute(hubs.Numbers.SocketIO.Namespace, name), new DynamicPayload(arguments.ToArray()), client.Target, out var sent))
        {
            hubs.ChannelOptions.Observer?.SentOther(sent.Deliveries, sent.Bytes);
            return;
        }

        client.Channel.Emit(name, arguments);
    }

    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken) =>
        client.Channel.EmitWithAck(name, arguments, cancellationToken);
}
