using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TypedSockets.Protocol.Framing;

/// <summary>What a close frame says (RFC 6455 §5.5.1).</summary>
/// <param name="Code">The close code; null when the frame is empty.</param>
/// <param name="Text">The reason; null when there is none.</param>
internal readonly record struct ClosePayload(int? Code, string? Text)
{
    /// <exception cref="FrameViolationException">The payload is not what RFC 6455 allows.</exception>
    public static ClosePayload Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return default;
        }

        if (payload.Length == 1)
        {
            throw FrameViolationException.Protocol("A close frame carries 1 byte; it is empty or has at least the 2 bytes of a code (RFC 6455 §5.5.1).");
        }

        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!CloseCode.IsValid(code))
        {
            throw FrameViolationException.Protocol($"A close frame carries the code {code}, which may not be sent (RFC 6455 §7.4).");
        }

        var text = payload[2..];
        return Utf8.IsValid(text)
            ? new ClosePayload(code, text.IsEmpty ? null : Encoding.UTF8.GetString(text))
            : throw FrameViolationException.InvalidUtf8();
    }

    /// <summary>Writes the payload and returns its size; a text that does not fit a control frame is cut at a character.</summary>
    public static int Write(Span<byte> target, int code, string? text)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)code);
        Utf8.FromUtf16(text, target[2..FrameHeader.MaxControlPayload], out _, out var written);
        return 2 + written;
    }
}
