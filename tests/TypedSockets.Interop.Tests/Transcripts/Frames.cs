using System.Buffers.Binary;
using System.Text;

namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>Frames as a client sends them (RFC 6455 §5), and some as it must not.</summary>
internal static class Frames
{
    private const byte Final = 0x80;

    public static byte[] Text(string packet) => Of(Final | 0x1, Encoding.UTF8.GetBytes(packet));

    public static byte[] Binary(params byte[] message) => Of(Final | 0x2, message);

    public static byte[] Ping(string payload) => Of(Final | 0x9, Encoding.UTF8.GetBytes(payload));

    public static byte[] Pong(string payload) => Of(Final | 0xa, Encoding.UTF8.GetBytes(payload));

    public static byte[] Close() => Of(Final | 0x8, []);

    public static byte[] Close(ushort code, string text = "")
    {
        var payload = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        return Of(Final | 0x8, [.. payload, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>A masked frame with any first byte: fragments, reserved bits, unknown opcodes.</summary>
    public static byte[] Of(byte first, params byte[] payload) => RawPeer.Frame(first, payload, isMasked: true);

    public static byte[] Unmasked(string packet) => RawPeer.Frame(Final | 0x1, Encoding.UTF8.GetBytes(packet), isMasked: false);
}
