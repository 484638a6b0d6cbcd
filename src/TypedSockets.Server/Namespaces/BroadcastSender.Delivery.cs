using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Server.Namespaces;

/// <summary>What becomes of an event that nobody answers, for each client that it is meant for.</summary>
internal sealed partial class BroadcastSender
{
    private readonly struct ReliableDelivery : IDelivery
    {
        public void Deliver(HubMember member, uint? ackId, ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments) => member.Send(packet, attachments);
    }

    private readonly struct DroppableDelivery : IDelivery
    {
        public void Deliver(HubMember member, uint? ackId, ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
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

        public void Deliver(HubMember member, uint? ackId, ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
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
