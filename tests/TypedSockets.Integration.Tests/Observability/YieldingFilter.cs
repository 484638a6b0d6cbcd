using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>A filter that awaits something before it lets an event through.</summary>
public sealed class YieldingFilter : IHubFilter
{
    public async ValueTask OnEvent(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        await Task.Yield();
        await next(context);
    }
}
