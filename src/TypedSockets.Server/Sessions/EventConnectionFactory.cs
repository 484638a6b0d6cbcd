using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Sessions;

/// <summary>Makes the connections of clients that speak ts1.</summary>
internal sealed class EventConnectionFactory(NamespaceRegistry namespaces) : IConnectionFactory
{
    public string? Codec => CodecNames.Ts1;

    // A binary message grows by a third on its way through a POST; what may be sent over a WebSocket may be sent there too.
    public long MaxBodyBytes(long maxPayloadBytes) => PollingPayload.EncodedLength(maxPayloadBytes);

    public Connection Create(SessionRegistry sessions, PacketTransport transport, ClientIdentity client, TypedSocketServerOptions options) =>
        new ServerConnection(sessions, namespaces, transport, client, options);
}
