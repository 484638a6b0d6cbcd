using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace TypedSockets.Server.Hijacking;

/// <summary>Serves HTTP on a connection, and afterwards the session that has hijacked it.</summary>
internal static class HijackingMiddleware
{
    public static ConnectionDelegate Wrap(ConnectionDelegate http) => connection => ServeAsync(connection, http);

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        var transport = new HijackableTransport(connection);
        try
        {
            await ServeHttpAsync(connection, transport, http);
        }
        finally
        {
            // Also when HTTP failed: a session that was admitted gives back its place at its end.
            await transport.RunSessionAsync();
        }
    }

    // Apart, so that nothing of it stays for as long as the session lives.
    private static async Task ServeHttpAsync(ConnectionContext connection, HijackableTransport transport, ConnectionDelegate http)
    {
        var server = connection.Features.Get<IConnectionHeartbeatFeature>();
        var heartbeat = server is null ? null : new HttpHeartbeat(server);
        connection.Transport = transport;
        connection.Features.Set<IConnectionHeartbeatFeature>(heartbeat);
        try
        {
            await http(connection);
        }
        finally
        {
            heartbeat?.End();
            connection.Features.Set(server);
            connection.Transport = transport.Inner;
        }
    }
}
