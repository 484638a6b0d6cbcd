namespace TypedSockets.Protocol.Framing;

/// <summary>Why a WebSocket is closed (RFC 6455 §7.4.1).</summary>
internal static class CloseCode
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;
    public const int ProtocolError = 1002;
    public const int InvalidPayload = 1007;
    public const int PolicyViolation = 1008;
    public const int MessageTooBig = 1009;

    /// <summary>Whether a code may stand in a close frame: 1004 to 1006 and 1015 are reserved, 1016 to 2999 not assigned (RFC 6455 §7.4.2).</summary>
    public static bool IsValid(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    /// <summary>The code that tells a peer of a reason (docs/protocol/websocket.md, "Goodbye").</summary>
    public static int Of(DisconnectReason reason) => reason switch
    {
        ServerShuttingDown => GoingAway,
        ParseError => ProtocolError,
        PayloadTooLarge => MessageTooBig,
        ForcedClose or ForcedServerClose or SlowConsumer or RateLimited => PolicyViolation,
        _ => Normal,
    };
}
