using System.Collections.ObjectModel;
using TypedSockets.Events;

namespace TypedSockets.Protocol.Channels;

/// <summary>An event without a contract on its way through filters to its handler.</summary>
internal sealed class DynamicInvocation(DynamicEvent dynamicEvent, Func<DynamicEvent, ValueTask> handler, EventChannel channel)
    : EventInvocation(-1, new ReadOnlyCollection<object?>([.. dynamicEvent.Arguments]), dynamicEvent.ExpectsAck)
{
    private bool _hasCome;

    public override CancellationToken CancellationToken => channel.GetEndedToken();

    /// <summary>Leads the event through filters. One that they keep from its handler is refused, if its sender waits: they have no acknowledgement to give, and nobody else would answer.</summary>
    public async ValueTask LeadAsync(Func<DynamicInvocation, ValueTask> filters)
    {
        await filters(this).ConfigureAwait(false);
        if (!_hasCome)
        {
            dynamicEvent.Refuse();
        }
    }

    public override ValueTask InvokeAsync()
    {
        _hasCome = true;
        return handler(dynamicEvent);
    }
}
