using System.Text;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.Sessions;

/// <summary>What a server tells a client first: the same for everyone on a transport and of a codec, but for the session's id.</summary>
/// <param name="options">The server's times and limits.</param>
internal sealed class OpenPackets(TypedSocketServerOptions options)
{
    private readonly Template _polling = CreatePolling(options, null);
    private readonly Template _pollingTs1 = CreatePolling(options, CodecNames.Ts1);
    private readonly Template _webSocket = CreateWebSocket(options, null);
    private readonly Template _webSocketTs1 = CreateWebSocket(options, CodecNames.Ts1);

    /// <summary>How long an open packet may be, for a buffer.</summary>
    public int MaxLength => _pollingTs1.Length;

    /// <summary>Writes the packet as text; returns its length.</summary>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="transport">What the session begins on.</param>
    /// <param name="isTs1">Whether the codec ts1 is agreed on.</param>
    public int Write(Span<byte> target, string sessionId, TransportKind transport, bool isTs1)
    {
        var template = transport is TransportKind.Polling ? isTs1 ? _pollingTs1 : _polling : isTs1 ? _webSocketTs1 : _webSocket;
        return template.Write(target, sessionId);
    }

    private static Template CreatePolling(TypedSocketServerOptions options, string? codec) =>
        new(Create(options, codec, options.AllowUpgrade && options.Transports.Contains(TransportKind.WebSocket)));

    private static Template CreateWebSocket(TypedSocketServerOptions options, string? codec) => new(Create(options, codec, isUpgradable: false));

    private static OpenPacket Create(TypedSocketServerOptions options, string? codec, bool isUpgradable) => new(
        Template.SessionId,
        isUpgradable ? [HandshakeQuery.NameOf(TransportKind.WebSocket)] : [],
        options.HeartbeatInterval,
        options.HeartbeatTimeout,
        options.MaxPayloadBytes,
        codec);

    private sealed class Template
    {
        // As long as every id is.
        public static readonly string SessionId = new('_', Protocol.Handshake.SessionId.Length);

        private readonly byte[] _text;
        private readonly int _position;

        public Template(OpenPacket packet)
        {
            _text = packet.ToText();
            _position = _text.AsSpan().IndexOf(Encoding.ASCII.GetBytes(SessionId));
        }

        public int Length => _text.Length;

        public int Write(Span<byte> target, string sessionId)
        {
            _text.CopyTo(target);
            Encoding.ASCII.GetBytes(sessionId, target[_position..]);
            return _text.Length;
        }
    }
}
