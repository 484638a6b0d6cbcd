using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Server.Sessions;

/// <summary>Makes the server's end of a new session.</summary>
internal interface IConnectionFactory
{
    /// <summary>The largest body of a POST that may carry one message of <paramref name="maxPayloadBytes"/>.</summary>
    long MaxBodyBytes(long maxPayloadBytes);

    /// <summary>Makes the connection, which also is an <see cref="IServerConnection"/>.</summary>
    /// <param name="sessions">Where it belongs.</param>
    /// <param name="transport">What it begins on.</param>
    /// <param name="client">Who opened it.</param>
    /// <param name="codec">What the client asked for; null when it did not.</param>
    /// <param name="options">The server's options.</param>
    Connection Create(SessionRegistry sessions, PacketTransport transport, ClientIdentity client, string? codec, TypedSocketServerOptions options);
}
