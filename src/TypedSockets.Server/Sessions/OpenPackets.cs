using TypedSockets.Protocol.Handshake;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.Sessions;

/// <summary>What a server tells a client first.</summary>
internal static class OpenPackets
{
    /// <summary>Makes the open packet of a session.</summary>
    /// <param name="options">The server's times and limits.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="transport">What the session begins on.</param>
    /// <param name="codec">The codec that was agreed on; null for none.</param>
    public static OpenPacket CreateOpenPacket(this TypedSocketServerOptions options, string sessionId, TransportKind transport, string? codec)
    {
        var isUpgradable = transport is TransportKind.Polling && options.AllowUpgrade && options.Transports.Contains(TransportKind.WebSocket);
        return new OpenPacket(
            sessionId,
            isUpgradable ? [HandshakeQuery.NameOf(TransportKind.WebSocket)] : [],
            options.HeartbeatInterval,
            options.HeartbeatTimeout,
            options.MaxPayloadBytes,
            codec);
    }
}
