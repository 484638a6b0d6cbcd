using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Server.Sessions;

/// <summary>Makes the server's end of a new session.</summary>
internal interface IConnectionFactory
{
    /// <summary>The codec that a client must ask for; null when any client may come.</summary>
    string? Codec { get; }

    /// <summary>The largest body of a POST that may carry one message of <paramref name="maxPayloadBytes"/>.</summary>
    long MaxBodyBytes(long maxPayloadBytes);

    /// <summary>Makes the connection, which also is an <see cref="IServerConnection"/>.</summary>
    Connection Create(SessionRegistry sessions, PacketTransport transport, ClientIdentity client, TypedSocketServerOptions options);
}
