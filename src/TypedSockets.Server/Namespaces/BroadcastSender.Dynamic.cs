using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;

namespace TypedSockets.Server.Namespaces;

internal sealed partial class BroadcastSender : IDynamicSender
{
    /// <inheritdoc/>
    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments)
    {
        var route = new SocketIORoute(hubs.Numbers.SocketIO.Namespace, name);
        var payload = new DynamicPayload(arguments.ToArray());
        if (hubs.Recovery is { } recovery)
        {
            recovery.TrySend(route, payload, target);
            return;
        }

        var members = target.Members(hubs);
        var delivery = default(ReliableDelivery);
        foreach (var codec in (ReadOnlySpan<EventCodec>)[EventCodec.SocketIOText, EventCodec.SocketIOMessagePack])
        {
            var speakers = From(codec, members);
            if (speakers.IsEmpty)
            {
                continue;
            }

            using var buffer = PayloadBuffer.Rent();
            var packet = PacketWriter.WriteDynamicEvent(codec, buffer, route, null, payload, out var attachments);
            if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > hubs.MaxPacketBytes)
            {
                throw new PayloadTooLargeException($"{hubs.Shape.Name}.{name}", largest, hubs.MaxPacketBytes);
            }

            Deliver(codec, speakers, null, packet, attachments, ref delivery);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken) =>
        throw new EventNotSupportedException($"{hubs.Shape.Name}.{name}", "it is to be acknowledged, and the target is not one client; ask one with Caller or Client(id).");
}
