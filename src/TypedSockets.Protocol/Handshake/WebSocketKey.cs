using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TypedSockets.Protocol.Handshake;

/// <summary>Sec-WebSocket-Key and the Sec-WebSocket-Accept that answers it (RFC 6455 §4.1, §4.2.2).</summary>
internal static class WebSocketKey
{
    private const int Bytes = 16;

    public static string Create() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether the key is base64 of 16 bytes (RFC 6455 §4.2.1, item 5).</summary>
    public static bool IsValid(string key) => Base64.IsValid(key, out var decoded) && decoded == Bytes;

    /// <summary>The value of Sec-WebSocket-Accept for a key.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 §4.2.2 names SHA-1; it proves that the server understood the handshake and protects nothing.")]
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
