namespace TypedSockets.Protocol.Framing;

/// <summary>Takes what a <see cref="FrameReader"/> finds, in the order it arrived. Spans are valid during the call only.</summary>
internal interface IMessageReceiver
{
    /// <summary>A whole text message; valid UTF-8.</summary>
    void OnText(ReadOnlySpan<byte> text);

    /// <summary>A whole binary message.</summary>
    void OnBinary(ReadOnlySpan<byte> message);

    /// <summary>A ping frame, which wants a pong with the same payload.</summary>
    void OnPing(ReadOnlySpan<byte> payload);

    /// <summary>A close frame. Nothing follows it.</summary>
    void OnClose(ClosePayload close);
}
