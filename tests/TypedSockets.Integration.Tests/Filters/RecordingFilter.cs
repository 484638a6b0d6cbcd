using System.Collections.Concurrent;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Filters;

/// <summary>A filter that writes down what goes through it, and does what a test says.</summary>
public abstract class RecordingFilter(string name, PlayLog log) : IHubFilter
{
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>What the filter does with an event; null to let it through.</summary>
    public Func<HubEventContext, Func<HubEventContext, ValueTask>, ValueTask>? OnEventAsync { get; set; }

    /// <summary>What has gone through, in order.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    public async ValueTask OnEvent(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        _seen.Enqueue($"{name} before {context}({string.Join(", ", context.Arguments)})");
        await (OnEventAsync is { } act ? act(context, next) : next(context));
        _seen.Enqueue($"{name} after {context} = {context.Result ?? "nothing"}");
    }

    public async ValueTask OnConnected(HubConnection connection, Connected connected, Func<ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(connected);
        ArgumentNullException.ThrowIfNull(next);
        await next();
        log.Add($"{name} connected {connected.Namespace}");
    }

    public async ValueTask OnDisconnected(HubConnection connection, DisconnectReason reason, Func<ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(next);
        log.Add($"{name} disconnected {reason.Code}");
        await next();
    }
}

public sealed class OuterFilter(PlayLog log) : RecordingFilter("outer", log);

public sealed class InnerFilter(PlayLog log) : RecordingFilter("inner", log);

public sealed class HubOnlyFilter(PlayLog log) : RecordingFilter("hub", log);

public sealed class EventOnlyFilter(PlayLog log) : RecordingFilter("event", log);
