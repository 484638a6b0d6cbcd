using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.Access;

/// <summary>Refuses links, and changes what goes in and what comes out.</summary>
public sealed class NoLinks : IHubFilter
{
    public async ValueTask OnEvent(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var text = context.GetArgument<string>("text");
        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new EventRefusedException(RemoteFault.Forbidden, "No links here.");
        }

        context.Arguments[0] = text.Trim();
        await next(context);
        context.Result = $"{context.Result}!";
    }
}
