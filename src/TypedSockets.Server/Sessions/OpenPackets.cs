using System.Text;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.Sessions;

/// <summary>What a server tells a client first: the same for everyone on a transport, but for the session's id.</summary>
/// <param name="options">The server's times and limits.</param>
/// <param name="codec">The codec that is agreed on; null for none.</param>
internal sealed class OpenPackets(TypedSocketServerOptions options, string? codec)
{
    private readonly Template _polling = new(Create(options, codec, options.AllowUpgrade && options.Transports.Contains(TransportKind.WebSocket)));
    private readonly Template _webSocket = new(Create(options, codec, isUpgradable: false));

    /// <summary>How long an open packet may be, for a buffer.</summary>
    public int MaxLength => _polling.Length;

    /// <summary>Writes the packet as text; returns its length.</summary>
    public int Write(Span<byte> target, string sessionId, TransportKind transport) => (transport is TransportKind.Polling ? _polling : _webSocket).Write(target, sessionId);

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
