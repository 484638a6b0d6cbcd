using System.Buffers;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Transports;

/// <summary>Sends binary messages as text, for a client that asked for it because it cannot take them otherwise (Engine.IO 4, query parameter <c>b64</c>).</summary>
internal sealed class Base64Transport(PacketTransport inner) : PacketTransport
{
    // A text message and its attachments are several for the transport below; no other message may come between.
    private readonly Lock _gate = new();

    public override TransportKind Kind => inner.Kind;

    public override WebSocketAgreement? Agreement => inner.Agreement;

    public override PacketTransport? Successor => inner.Successor;

    public override long QueuedBytes => inner.QueuedBytes;

    public override Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver) => inner.ReceiveAsync(receiver);

    public override void Wake() => inner.Wake();

    public override void Pause() => inner.Pause();

    public override bool TrySendBinary(ReadOnlySpan<byte> part) => TrySendMessage(part, isBinary: true);

    public override bool TrySendMessage(ReadOnlySpan<byte> message, bool isBinary)
    {
        lock (_gate)
        {
            return inner.TrySendMessage(isBinary ? Encode(message) : message, isBinary: false);
        }
    }

    public override bool TrySendMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte[]> attachments)
    {
        lock (_gate)
        {
            if (!inner.TrySendMessage(message, isBinary: false))
            {
                return false;
            }

            foreach (var attachment in attachments)
            {
                inner.SendText(Encode(attachment));
            }

            return true;
        }
    }

    public override Task WhenSentAsync() => inner.WhenSentAsync();

    public override void SendText(ReadOnlySpan<byte> packet) => inner.SendText(packet);

    public override void SendBinary(ReadOnlySpan<byte> part) => inner.SendText(Encode(part));

    public override void SendAll(PacketQueue packets)
    {
        lock (_gate)
        {
            SendAllUnsynchronized(packets);
        }
    }

    private void SendAllUnsynchronized(PacketQueue packets)
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

    private static ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> message)
    {
        var text = new ArrayBufferWriter<byte>((int)PollingPayload.EncodedLength(message.Length));
        PollingPayload.WriteBase64(text, message);
        return text.WrittenSpan;
    }
}
