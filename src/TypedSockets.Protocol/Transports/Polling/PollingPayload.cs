using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>The body of a GET's answer and of a POST (Engine.IO 4, "Payload encoding"): packets with a record separator between them, binary ones as <c>b</c> and base64.</summary>
internal static class PollingPayload
{
    public const byte Separator = 0x1e;
    public const byte Base64Prefix = (byte)'b';

    /// <summary>Moves packets from the queue to a payload, as many as fit and at least one.</summary>
    /// <param name="packets">What waits.</param>
    /// <param name="maxBytes">How large the payload may be.</param>
    /// <param name="isGoodbyeApart">
    /// Whether a goodbye behind a text message waits for the next payload. Socket.IO's server looks at the messages of a payload when it is through with it, and then has nobody to tell
    /// that a namespace was left.
    /// </param>
    public static byte[] Take(PacketQueue packets, long maxBytes, bool isGoodbyeApart = false)
    {
        var isBehindText = false;
        var payload = new ArrayBufferWriter<byte>((int)Math.Min(maxBytes, EncodedLength((int)packets.Bytes) + 16));
        while (!packets.IsEmpty)
        {
            var packet = packets.Peek(out var isBinary);
            var separator = payload.WrittenCount == 0 ? 0 : 1;
            if (separator > 0 && payload.WrittenCount + separator + (isBinary ? EncodedLength(packet.Length) : packet.Length) > maxBytes)
            {
                break;
            }

            if (isGoodbyeApart && isBehindText && packet is [(byte)PacketType.Close] && !isBinary)
            {
                break;
            }

            isBehindText = !isBinary;
            if (separator > 0)
            {
                payload.Write([Separator]);
            }

            Write(payload, packet, isBinary);
            packets.Remove();
        }

        return payload.WrittenSpan.ToArray();
    }

    /// <summary>How many bytes a binary packet is in a payload.</summary>
    public static long EncodedLength(long bytes) => 1 + ((bytes + 2) / 3 * 4);

    /// <summary>Cuts the first packet off a payload. A binary one is decoded in place.</summary>
    /// <exception cref="PacketException">The packet is neither UTF-8 text nor base64.</exception>
    public static ReadOnlySpan<byte> Read(ref Span<byte> payload, out bool isBinary)
    {
        var length = payload.IndexOf(Separator);
        var packet = length < 0 ? payload : payload[..length];
        payload = length < 0 ? default : payload[(length + 1)..];
        isBinary = !packet.IsEmpty && packet[0] == Base64Prefix;
        return isBinary ? Decode(packet[1..]) : Check(packet);
    }

    /// <summary>Decodes the base64 of a binary packet in place.</summary>
    /// <exception cref="PacketException">It is not base64.</exception>
    public static Span<byte> Decode(Span<byte> base64) => Base64.DecodeFromUtf8InPlace(base64, out var count) is OperationStatus.Done
        ? base64[..count]
        : throw new PacketException(new ParseError($"A binary packet of {base64.Length} characters is not base64."));

    /// <summary>Writes a binary packet as text.</summary>
    public static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> message)
    {
        var target = output.GetSpan((int)EncodedLength(message.Length));
        target[0] = Base64Prefix;
        Base64.EncodeToUtf8(message, target[1..], out _, out var count);
        output.Advance(1 + count);
    }

    private static void Write(ArrayBufferWriter<byte> payload, ReadOnlySpan<byte> packet, bool isBinary)
    {
        if (isBinary)
        {
            WriteBase64(payload, packet);
        }
        else
        {
            payload.Write(packet);
        }
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : throw new PacketException(new ParseError("A text packet is not valid UTF-8."));
}
