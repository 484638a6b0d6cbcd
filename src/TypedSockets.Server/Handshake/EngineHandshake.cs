using Microsoft.AspNetCore.Http;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Server.Handshake;

/// <summary>Checks what a request says about the session that it wants (Engine.IO 4, "Handshake"), in the order in which Socket.IO's server does.</summary>
internal static class EngineHandshake
{
    private const string Version = "4";
    private const string WebSocketTransport = "websocket";

    /// <summary>Returns what is wrong; null when nothing is.</summary>
    public static HandshakeFailure? Check(HttpRequest request)
    {
        var query = HandshakeQuery.Parse(request.QueryString);
        if (query.Transport != WebSocketTransport)
        {
            return new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.TransportUnknown, $"Transport unknown: query parameter 'transport' is '{Show(query.Transport)}'; this server serves '{WebSocketTransport}'.");
        }

        if (query.HasSessionId)
        {
            // The id is not shown: it is a secret, and this answer may be logged.
            return new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.SessionUnknown, "Session ID unknown: query parameter 'sid' names no session that a second transport may join.");
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            return new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadMethod, $"Bad handshake method: a session is opened with GET, not '{Show(request.Method)}'.");
        }

        if (query.Version != Version)
        {
            return new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.UnsupportedProtocol, $"Unsupported protocol version: query parameter 'EIO' is '{Show(query.Version)}'; this server speaks version {Version}.");
        }

        return query.Codec == CodecNames.Ts1
            ? null
            : new HandshakeFailure(StatusCodes.Status400BadRequest, HandshakeFailure.BadRequest, $"Bad request: query parameter 'codec' is '{Show(query.Codec)}'; this server speaks '{CodecNames.Ts1}'.");
    }

    // What a stranger sent is shown in part: it may be long.
    private static string Show(string? value) => value is null ? "" : value.Length <= 40 ? value : value[..40] + "…";
}
