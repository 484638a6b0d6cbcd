using System.Collections.Concurrent;
using System.Diagnostics;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>Writes down what is current when a hub's handler is called.</summary>
public sealed class AmbientFilter : IHubFilter
{
    public ConcurrentQueue<Activity?> Seen { get; } = new();

    public ValueTask OnEvent(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Seen.Enqueue(Activity.Current);
        return next(context);
    }
}
