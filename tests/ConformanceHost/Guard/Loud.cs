using TypedSockets.Server;

namespace ConformanceHost.Guard;

/// <summary>Changes what an event is answered with.</summary>
public sealed class Loud : IHubFilter
{
    public async ValueTask OnEvent(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        await next(context);
        context.Result = $"{context.GetArgument<string>("name")}!";
    }
}
