using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.WebSocket;
using TypedSockets.Server.Hijacking;

namespace TypedSockets.Server.WebSockets;

/// <summary>A WebSocket whose handshake has been answered, and where it lives: on the connection, when that could be hijacked from HTTP, or else within the request.</summary>
/// <param name="transport">Carries its packets.</param>
/// <param name="connection">The connection to hijack; null when the request stays.</param>
/// <param name="stream">What is disposed with the request; null when the pipe is the connection's own.</param>
internal readonly struct AcceptedWebSocket(WebSocketTransport transport, HijackableTransport? connection, StreamDuplexPipe? stream)
{
    public WebSocketTransport Transport => transport;

    /// <summary>Runs what lives on the WebSocket. On a hijacked connection it begins when the request has ended, and so when this has returned.</summary>
    public Task RunAsync(Func<Task> session)
    {
        if (connection is not null)
        {
            connection.Hijack(session);
            return Task.CompletedTask;
        }

        return stream is null ? session() : RunAsync(session, stream);
    }

    private static async Task RunAsync(Func<Task> session, StreamDuplexPipe stream)
    {
        await using (stream)
        {
            await session();
        }
    }
}
