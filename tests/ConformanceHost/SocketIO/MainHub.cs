using TypedSockets;
using TypedSockets.Server;

namespace ConformanceHost.SocketIO;

/// <summary>The main namespace of Socket.IO's own test suite: tells whoever connects what it said of itself, and sends back what it gets.</summary>
internal sealed class MainHub : DynamicHub
{
    public override ValueTask OnConnected(Connected connected)
    {
        Clients.Caller.Emit("auth", Auth);
        return default;
    }

    public override ValueTask OnAny(DynamicEvent dynamicEvent)
    {
        switch (dynamicEvent.Name)
        {
            case "message":
                Clients.Caller.Emit("message-back", dynamicEvent.Arguments.AsSpan());
                return default;
            case "message-with-ack":
                dynamicEvent.Acknowledge(dynamicEvent.Arguments.AsSpan());
                return default;
            default:
                return base.OnAny(dynamicEvent);
        }
    }
}
