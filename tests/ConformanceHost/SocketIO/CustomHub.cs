using TypedSockets;
using TypedSockets.Server;

namespace ConformanceHost.SocketIO;

/// <summary>The namespace <c>/custom</c> of Socket.IO's own test suite: tells whoever connects what it said of itself.</summary>
internal sealed class CustomHub : DynamicHub
{
    public override ValueTask OnConnected(Connected connected)
    {
        Clients.Caller.Emit("auth", Auth);
        return default;
    }
}
