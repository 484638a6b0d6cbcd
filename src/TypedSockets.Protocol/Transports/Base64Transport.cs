using System.Buffers;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Protocol.Transports.Waiting;

namespace TypedSockets.Protocol.Transports;

/// <summary>Sends binary messages as text, for a client that asked for it because it cannot take them otherwise (Engine.IO 4, query parameter <c>b64</c>).</summary>
internal sealed class Base64Transport(PacketTransport inner) : PacketTransport
{
    public override TransportKind Kind => inner.Kind;

    public override WebSocketAgreement? Agreement => inner.Agreement;

    public override PacketTransport? Successor => inner.Successor;

    public override long QueuedBytes => inner.QueuedBytes;

    public override int QueuedPackets => inner.QueuedPackets;

    public override Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver) => inner.ReceiveAsync(receiver);

    public override void Wake() => inner.Wake();

    public override void Pause() => inner.Pause();

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => TrySendMessage(part, isBinary: true);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary) => inner.TrySendMessage(isBinary ? Encode(message) : message, isBinary: false);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments, PacketForm attachmentForm) =>
        inner.TrySendMessage(message, Encode(attachments), PacketForm.Text);

    public override bool TryOffer(scoped in OutgoingPacket packet) => inner.TryOffer(Encode(packet));

    public override void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, DeliveryCounters counters) => inner.Conflate(Encode(packet), key, counters);

    public override Task WhenSentAsync() => inner.WhenSentAsync();

    public override void SendText(ReadOnlySpan<byte> packet) => inner.SendText(packet);

    public override void SendBinary(ReadOnlySpan<byte> part) => inner.SendText(Encode(part));

    public override void SendAll(PacketQueue packets)
    {
        var encoded = new PacketQueue();
        while (!packets.IsEmpty)
        {
            var packet = packets.Peek(out var isBinary);
            encoded.AddText(isBinary ? Encode(packet) : packet);
            packets.Remove();
        }

        inner.SendAll(encoded);
    }

    public override void Cork() => inner.Cork();

    public override void Uncork() => inner.Uncork();

    public override void Close(int closeCode, string? text) => inner.Close(closeCode, text);

    public override void Abort() => inner.Abort();

    public override Task FinishAsync() => inner.FinishAsync();

    private static OutgoingPacket Encode(scoped in OutgoingPacket packet) =>
        new(packet.Form is PacketForm.Text ? packet.Bytes.ToArray() : Encode(packet.Bytes), PacketForm.Text, Encode(packet.Attachments), PacketForm.Text);

    private static byte[][] Encode(scoped ReadOnlySpan<byte[]> attachments)
    {
        var encoded = new byte[attachments.Length][];
        for (var index = 0; index < encoded.Length; index++)
        {
            encoded[index] = Encode(attachments[index]).ToArray();
        }

        return encoded;
    }

    private static ReadOnlySpan<byte> Encode(scoped ReadOnlySpan<byte> message)
    {
        var text = new ArrayBufferWriter<byte>((int)PollingPayload.EncodedLength(message.Length));
        PollingPayload.WriteBase64(text, message);
        return text.WrittenSpan;
    }
}
