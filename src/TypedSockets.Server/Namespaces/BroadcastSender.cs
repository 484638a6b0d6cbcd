using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Server.Namespaces;

/// <summary>
/// Sends an event to many clients: it is encoded once, and the bytes are copied to each connection. It never waits for a client; one that reads too slowly is disconnected.
/// </summary>
/// <param name="hubs">The namespace.</param>
/// <param name="target">Who is meant; asked at each sending.</param>
internal sealed class BroadcastSender(HubNamespace hubs, BroadcastTarget target) : EventSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        using var buffer = PayloadBuffer.Rent();
        // A server's numbers are its compiled ids, so it has a route for every event.
        var packet = Ts1Writer.WriteEvent(buffer, hubs.Numbers.RouteOf(eventId)!, arguments);
        if (packet.Length > hubs.MaxPacketBytes)
        {
            throw new PayloadTooLargeException(NameOf(eventId), packet.Length, hubs.MaxPacketBytes);
        }

        foreach (var member in target.Members(hubs))
        {
            if (!target.Excludes(member.Id))
            {
                member.Send(packet);
            }
        }
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    private EventNotSupportedException NotOneClient(int eventId) =>
        new(NameOf(eventId), "it is answered, and the target is not one client; ask one with Clients.Caller or Clients.Client(id).");

    private string NameOf(int eventId) => $"{hubs.Shape.Name}.{hubs.Shape.ClientEvents[eventId].Name}";
}
