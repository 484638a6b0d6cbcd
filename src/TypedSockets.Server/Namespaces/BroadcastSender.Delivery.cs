using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Server.Namespaces;

/// <summary>How an encoded event is handed to each of its targets: structs, so that each way is compiled by itself and costs the others nothing.</summary>
internal sealed partial class BroadcastSender
{
    private interface IDelivery
    {
        void Deliver(HubMember member, ReadOnlySpan<byte> packet, byte[][] attachments);
    }

    private readonly struct ReliableDelivery : IDelivery
    {
        public void Deliver(HubMember member, ReadOnlySpan<byte> packet, byte[][] attachments) => member.Send(packet, attachments);
    }

    private readonly struct DroppableDelivery : IDelivery
    {
        public void Deliver(HubMember member, ReadOnlySpan<byte> packet, byte[][] attachments)
        {
            if (!member.TryOffer(packet, attachments))
            {
                member.Connection.Drop();
            }
        }
    }

    /// <summary>The key is written when the first target is behind, for all of them.</summary>
    private struct LatestDelivery<TArguments>(uint namespaceNumber, int eventId, TArguments arguments) : IDelivery
        where TArguments : struct, IConflatedPayload
    {
        private byte[]? _key;

        public void Deliver(HubMember member, ReadOnlySpan<byte> packet, byte[][] attachments)
        {
            if (!member.TryOffer(packet, attachments))
            {
                member.Connection.Conflate(packet, attachments, _key ??= WriteKey());
            }
        }

        private readonly byte[] WriteKey()
        {
            using var buffer = PayloadBuffer.Rent();
            return ConflationKey.Write(buffer, namespaceNumber, eventId, arguments).ToArray();
        }
    }
}
