using TypedSockets.Events;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Recovery;

/// <summary>Sends to one client, whichever connection it has: a one-way event that it is not there for waits until it comes back. Requests do not wait.</summary>
internal sealed class RecoverableSender(HubNamespace hubs, ConnectionRecovery recovery, RecoverableClient client) : EventSender, IDynamicSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        if (!recovery.TrySend(hubs.Numbers.SocketIO.RouteOf(eventId), arguments, client.Target))
        {
            // It has ended, and says why.
            client.Channel.Send(eventId, arguments);
        }
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        client.Channel.Request(eventId, arguments, cancellationToken);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        client.Channel.Request<TArguments, TResult, TCodec>(eventId, arguments, cancellationToken);

    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments)
    {
        if (!recovery.TrySend(new SocketIORoute(hubs.Numbers.SocketIO.Namespace, name), new DynamicPayload(arguments.ToArray()), client.Target))
        {
            client.Channel.Emit(name, arguments);
        }
    }

    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken) =>
        client.Channel.EmitWithAck(name, arguments, cancellationToken);
}
