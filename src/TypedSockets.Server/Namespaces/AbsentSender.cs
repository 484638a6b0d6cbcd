using TypedSockets.Events;

namespace TypedSockets.Server.Namespaces;

/// <summary>Stands for a client that is not there (any more): one-way events to it go nowhere, as they would if it left a moment later; requests fail.</summary>
internal sealed class AbsentSender(HubNamespace hubs) : EventSender, IDynamicSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotConnected(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotConnected(eventId);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) => throw NotConnected(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        throw NotConnected(eventId);

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        throw NotConnected(eventId);

    public override EventSender WithTimeout(TimeSpan timeout) => this;

    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments)
    {
    }

    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken) =>
        throw new NotConnectedException($"{hubs.Shape.Name}.{name}", null);

    private NotConnectedException NotConnected(int eventId) => new($"{hubs.Shape.Name}.{hubs.Shape.ClientEvents[eventId].Name}", null);
}
