using TypedSockets.Server;

namespace ConformanceHost.SocketIO;

/// <summary>The times and limits that Socket.IO's own test suite asks for.</summary>
internal static class ConformanceOptions
{
    public static void Apply(TypedSocketServerOptions options)
    {
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(300);
        options.HeartbeatTimeout = TimeSpan.FromMilliseconds(200);
        options.ConnectTimeout = TimeSpan.FromSeconds(1);
        options.MaxPayloadBytes = 1_000_000;
        options.AllowedOrigins.Add("*");
    }
}
