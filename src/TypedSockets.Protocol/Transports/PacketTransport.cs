using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Transports;

/// <summary>
/// One way of carrying packets. Sending is safe for concurrent use and never waits. <see cref="ReceiveAsync"/> and then <see cref="FinishAsync"/> are called one after the other, by the
/// connection that owns the transport.
/// </summary>
internal abstract class PacketTransport
{
    public abstract TransportKind Kind { get; }

    /// <summary>What carries the session on in place of this transport; null while nothing does.</summary>
    public virtual PacketTransport? Successor => null;

    /// <summary>What the WebSocket's handshake agreed on; null when the transport is none.</summary>
    public virtual WebSocketAgreement? Agreement => null;

    /// <summary>How many bytes wait because the peer reads too slowly.</summary>
    public abstract long QueuedBytes { get; }

    /// <summary>How many packets wait because the peer reads too slowly.</summary>
    public abstract int QueuedPackets { get; }

    /// <summary>Hands on what arrives until the transport ends, or <see cref="Close"/>, <see cref="Abort"/> or <see cref="Pause"/> is called.</summary>
    /// <returns>How the transport ended; null when this end closed or paused it.</returns>
    public abstract Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver);

    /// <summary>Lets the receive loop call <see cref="IPacketReceiver.WhenReadyAsync"/> once, even if nothing arrives.</summary>
    public abstract void Wake();

    /// <summary>
    /// Lets <see cref="ReceiveAsync"/> return once the packet at hand has been handed on; it may then be called again, with another receiver, which gets everything behind that packet.
    /// </summary>
    public abstract void Pause();

    /// <summary>Adds a part to the outgoing binary message, which is sent as soon as possible.</summary>
    /// <returns>False when more would wait than may; nothing was sent then.</returns>
    public abstract bool TrySendBinary(ReadOnlySpan<byte> part);

    /// <summary>Sends a message of its own.</summary>
    /// <returns>False when more would wait than may; nothing was sent then.</returns>
    public abstract bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary);

    /// <summary>Sends a text message and binary ones right behind it: no other message comes between.</summary>
    /// <returns>False when more would wait than may; nothing was sent then.</returns>
    public bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments) => TrySendMessage(message, attachments, PacketForm.Binary);

    /// <summary>Sends a text message and others right behind it: no other message comes between.</summary>
    /// <returns>False when more would wait than may; nothing was sent then.</returns>
    public abstract bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm);

    /// <summary>Sends a packet unless the peer is behind: something waits already, or more would wait than may.</summary>
    /// <returns>False when it is; nothing was sent then.</returns>
    public abstract bool TryOffer(scoped in OutgoingPacket packet);

    /// <summary>Sends a packet at once, or, if the peer is behind, when it has caught up so far: until then a newer packet with the same key replaces it. It may be dropped for want of room.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">What packets have in common that replace each other.</param>
    /// <param name="counters">Counts what is replaced and dropped; the same for all packets of the transport.</param>
    public abstract void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters);

    /// <summary>Completes when what waits now has been taken, or nothing can be sent any more.</summary>
    public abstract Task WhenSentAsync();

    /// <summary>Sends a packet that the session itself needs, as text, whatever waits already. It may overtake what waits.</summary>
    public abstract void SendText(ReadOnlySpan<byte> packet);

    /// <summary>Adds a part to the outgoing binary message that the session itself needs, behind whatever waits already.</summary>
    public abstract void SendBinary(ReadOnlySpan<byte> part);

    /// <summary>Sends what another transport has left, in order, whatever waits already.</summary>
    public abstract void SendAll(PacketQueue packets);

    /// <summary>Gathers what the calling thread sends until <see cref="Uncork"/>, where the transport can.</summary>
    public virtual void Cork()
    {
    }

    public virtual void Uncork()
    {
    }

    /// <summary>Keeps the peer from being handed a part of what <paramref name="send"/> sends, which is called at once, where it would have to ask again for the rest.</summary>
    public virtual void SendTogether(Action send) => send();

    /// <summary>Says goodbye and stops receiving.</summary>
    public abstract void Close(int closeCode, string? text);

    /// <summary>Cuts the transport without a word.</summary>
    public abstract void Abort();

    /// <summary>After <see cref="ReceiveAsync"/>: waits for the peer's goodbye if this end has said it, and releases what the transport holds. <see cref="Abort"/> ends the wait.</summary>
    public abstract Task FinishAsync();
}
