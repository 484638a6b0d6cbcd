using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>A namespace without a contract: sends back, asks back, and tells others.</summary>
public sealed class CustomHub : DynamicHub
{
    public override ValueTask OnConnected(Connected connected)
    {
        Rooms.Join("room");
        return default;
    }

    public override async ValueTask OnAny(DynamicEvent dynamicEvent)
    {
        switch (dynamicEvent.Name)
        {
            case "echo":
                Clients.Caller.Emit("back", dynamicEvent.Arguments.AsSpan());
                break;
            case "echo-ack":
                dynamicEvent.Acknowledge(dynamicEvent.Arguments.AsSpan());
                // Only the first answer counts.
                dynamicEvent.Acknowledge("too late");
                break;
            case "ask-me":
                var answer = await Clients.Caller.EmitWithAck("ask", dynamicEvent.Arguments.AsSpan());
                dynamicEvent.Acknowledge(answer.AsSpan());
                break;
            case "tell":
                Find(dynamicEvent.Arguments[0].Json.GetString()!).Emit("told", dynamicEvent.Arguments[1]);
                break;
            case "fail":
                throw new InvalidOperationException("As asked.");
            default:
                await base.OnAny(dynamicEvent);
                break;
        }
    }

    private DynamicPeer Find(string target) => target switch
    {
        "all" => Clients.All,
        "others" => Clients.Others,
        _ => Clients.Room(target),
    };
}
