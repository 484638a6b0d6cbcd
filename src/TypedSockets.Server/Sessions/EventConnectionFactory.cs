using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Server.Authentication;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Sessions;

/// <summary>Makes the connections of clients that speak ts1, and of all others, which speak Socket.IO.</summary>
internal sealed class EventConnectionFactory(NamespaceRegistry namespaces, TokenAuthenticator tokens) : IConnectionFactory
{
    // A binary message grows by a third on its way through a POST; what may be sent over a WebSocket may be sent there too.
    public long MaxBodyBytes(long maxPayloadBytes) => PollingPayload.EncodedLength(maxPayloadBytes);

    public Connection Create(SessionRegistry sessions, PacketTransport transport, ClientIdentity client, string? codec, TypedSocketServerOptions options) =>
        new ServerConnection(sessions, namespaces, tokens, transport, client, codec == CodecNames.Ts1 ? EventCodec.Ts1 : EventCodec.SocketIO, options);
}
