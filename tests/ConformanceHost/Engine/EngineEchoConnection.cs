using TypedSockets;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;
using TypedSockets.Server;
using TypedSockets.Server.Sessions;

namespace ConformanceHost.Engine;

/// <summary>A plain Engine.IO session that sends every message back as it came. The text message <c>close</c> closes it from this end.</summary>
internal sealed class EngineEchoConnection : Connection, IServerConnection
{
    private readonly ServerSession _session;
    private readonly SessionRegistry _sessions;
    private readonly TypedSocketServerOptions _options;
    private readonly Action<string, DisconnectReason>? _onEnded;

    public EngineEchoConnection(SessionRegistry sessions, PacketTransport transport, ClientIdentity client, TypedSocketServerOptions options, Action<string, DisconnectReason>? onEnded)
        : this(new ServerSession(options.HeartbeatInterval, options.HeartbeatTimeout, options.ConnectTimeout, options.CloseTimeout), sessions, transport, client, options, onEnded)
    {
    }

    private EngineEchoConnection(ServerSession session, SessionRegistry sessions, PacketTransport transport, ClientIdentity client, TypedSocketServerOptions options, Action<string, DisconnectReason>? onEnded)
        : base(session, transport, sessions.Wheel)
    {
        _session = session;
        _sessions = sessions;
        _options = options;
        _onEnded = onEnded;
        Client = client;
    }

    public string SessionId { get; } = TypedSockets.Protocol.Handshake.SessionId.Create();

    public ClientIdentity Client { get; }

    /// <summary>Sends a message; a text with its packet type. Safe for concurrent use.</summary>
    public void Send(ReadOnlySpan<byte> message, bool isBinary)
    {
        if (!Transport.TrySendMessage(message, isBinary))
        {
            Close(new SlowConsumer(Transport.QueuedBytes, _options.MaxQueuedBytes));
        }
    }

    // Every message is answered while it is received.
    public void Drain(DisconnectReason reason) => Close(reason);

    public override void OnHandlerFault(string @event, Exception exception) => Console.Error.WriteLine($"{@event}: {exception}");

    private protected override void SendOpen()
    {
        Span<byte> packet = stackalloc byte[_sessions.OpenPackets.MaxLength];
        SendText(packet[.._sessions.OpenPackets.Write(packet, SessionId, Transport.Kind, isTs1: false)]);
    }

    // There are no namespaces to join here.
    private protected override void OnOpen() => _session.NamespaceJoined();

    private protected override void OnTextMessage(ReadOnlySpan<byte> message)
    {
        if (message.SequenceEqual("close"u8))
        {
            Close(new ServerDisconnect());
            return;
        }

        Send([(byte)PacketType.Message, .. message], isBinary: false);
    }

    private protected override void OnBinaryMessage(ReadOnlySpan<byte> message) => Send(message, isBinary: true);

    private protected override void OnEnd(DisconnectReason reason) => _onEnded?.Invoke(SessionId, reason);

    private protected override void OnTransportEnded() => _sessions.Remove(SessionId);
}
