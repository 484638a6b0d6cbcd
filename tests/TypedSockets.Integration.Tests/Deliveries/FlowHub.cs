using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>Gives its clients into the test's hands, and records what they send.</summary>
public sealed class FlowHub(FlowLog log) : Hub<IFlowClient>, IFlowServer
{
    public override ValueTask OnConnected(Connected connected)
    {
        log.Joined(this);
        return default;
    }

    public override ValueTask OnBehind(ConsumerBehind behind)
    {
        log.Behind.TrySetResult(behind);
        return default;
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Left(this, reason);
        return default;
    }

    public void Move(string who, int number, string filling) => log.Received.Writer.TryWrite(($"move {who}", number));

    public void Note(int number, string filling) => log.Received.Writer.TryWrite(("note", number));

    public async ValueTask Hold()
    {
        log.Holding.TrySetResult();
        await log.Released.Task;
    }
}
