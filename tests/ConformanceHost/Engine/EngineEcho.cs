using System.Diagnostics.Metrics;
using TypedSockets;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Transports;
using TypedSockets.Server;
using TypedSockets.Server.Handshake;
using TypedSockets.Server.Observability;
using TypedSockets.Server.Sessions;

namespace ConformanceHost.Engine;

/// <summary>A plain Engine.IO server that echoes, with the times and limits that Engine.IO's own test suite asks for.</summary>
/// <param name="onEnded">Told of the end of every session, by its id.</param>
/// <param name="onCreated">Given every session before its first packet leaves.</param>
internal sealed class EngineEcho(Action<string, DisconnectReason>? onEnded, Action<EngineEchoConnection>? onCreated = null) : IConnectionFactory
{
    public static TypedSocketServerOptions DefaultOptions => new()
    {
        HeartbeatInterval = TimeSpan.FromMilliseconds(300),
        HeartbeatTimeout = TimeSpan.FromMilliseconds(200),
        MaxPayloadBytes = 1_000_000,
        MaxQueuedBytes = 16 * 1024 * 1024,
        AllowedOrigins = { "*" },
    };

    /// <summary>Maps the server.</summary>
    /// <param name="app">The application.</param>
    /// <param name="options">Its times and limits.</param>
    /// <param name="onEnded">Told of the end of every session, by its id.</param>
    /// <param name="path">Where.</param>
    public static void Map(WebApplication app, TypedSocketServerOptions options, Action<string, DisconnectReason>? onEnded = null, string path = "/engine.io")
    {
        var sessions = new SessionRegistry(options, app.Lifetime, TimeProvider.System, new ServerMetrics(app.Services.GetRequiredService<IMeterFactory>()), app.Logger);
        var endpoint = new HandshakeEndpoint(sessions, new EngineEcho(onEnded), options, app.Logger);
        app.Map(path, endpoint.HandleAsync);
        app.Lifetime.ApplicationStopped.Register(sessions.Dispose);
    }

    public long MaxBodyBytes(long maxPayloadBytes) => maxPayloadBytes;

    public Connection Create(SessionRegistry sessions, PacketTransport transport, ClientIdentity client, string? codec, TypedSocketServerOptions options)
    {
        var connection = new EngineEchoConnection(sessions, transport, client, options, onEnded);
        onCreated?.Invoke(connection);
        return connection;
    }
}
