using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Client.Connections;
using TypedSockets.Client.Reconnection;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Transports.Polling;
using TypedSockets.Server.Authentication;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>What a test looks at, and breaks, inside of the two ends.</summary>
internal static class Internals
{
    public static ConcurrentDictionary<string, Connection> Sessions(PlayServer server) => Connections(server.Services.GetRequiredService<SessionRegistry>());

    public static TimingWheel Wheel(PlayServer server) => server.Services.GetRequiredService<SessionRegistry>().Wheel;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_wheel")]
    public static extern ref TimingWheel Wheel(TypedSocket socket);

    public static Connection Connection(TypedSocket socket) => Connection(Loop(socket)!)!;

    /// <summary>What ends the server's end of a session when its authentication expires.</summary>
    public static SessionAuthentication Authentication(Connection session) => Authentication((ServerConnection)session)!;

    /// <summary>Whether a GET waits at the server.</summary>
    public static bool IsGetHeld(Connection session) => Polling((ServerPollingTransport)session.Transport).IsGetHeld;

    /// <summary>Whether a POST is being read by the server.</summary>
    public static bool IsPosting(Connection session) => Polling((ServerPollingTransport)session.Transport).IsPosting;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connections")]
    private static extern ref ConcurrentDictionary<string, Connection> Connections(SessionRegistry sessions);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_authentication")]
    private static extern ref SessionAuthentication? Authentication(ServerConnection session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_loop")]
    private static extern ref ConnectionLoop? Loop(TypedSocket socket);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connection")]
    private static extern ref ClientConnection? Connection(ConnectionLoop loop);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_polling")]
    private static extern ref ServerPolling Polling(ServerPollingTransport transport);
}
