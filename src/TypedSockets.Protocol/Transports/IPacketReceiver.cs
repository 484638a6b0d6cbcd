namespace TypedSockets.Protocol.Transports;

/// <summary>Takes what a transport receives, in order and one call at a time. Spans are valid during the call only.</summary>
internal interface IPacketReceiver
{
    /// <summary>A text message: an Engine.IO packet with its type.</summary>
    void OnText(ReadOnlySpan<byte> packet);

    /// <summary>A binary message.</summary>
    void OnBinary(ReadOnlySpan<byte> message);

    /// <summary>What arrived breaks the transport's own rules; nothing more can be read.</summary>
    void OnViolation(DisconnectReason reason, int closeCode);

    /// <summary>Completes when more may be received. Called after each batch; usually complete at once.</summary>
    ValueTask WhenReadyAsync();
}
