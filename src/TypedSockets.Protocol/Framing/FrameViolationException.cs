namespace TypedSockets.Protocol.Framing;

/// <summary>The peer's bytes are not what RFC 6455 allows, or exceed a limit. Thrown where frames are read; turned into a close in one place.</summary>
internal sealed class FrameViolationException(int closeCode, DisconnectReason reason) : Exception(reason.Description)
{
    /// <summary>The close code that tells the peer.</summary>
    public int CloseCode { get; } = closeCode;

    public DisconnectReason Reason { get; } = reason;

    public static FrameViolationException Protocol(string detail) => new(Framing.CloseCode.ProtocolError, new ParseError(detail));

    public static FrameViolationException InvalidUtf8() => InvalidData("A text message is not valid UTF-8 (RFC 6455 §8.1).");

    public static FrameViolationException InvalidData(string detail) => new(Framing.CloseCode.InvalidPayload, new ParseError(detail));

    public static FrameViolationException TooLarge(long bytes, long limit) => new(Framing.CloseCode.MessageTooBig, new PayloadTooLarge(bytes, limit));
}
