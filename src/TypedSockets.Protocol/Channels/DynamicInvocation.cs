using System.Collections.ObjectModel;
using TypedSockets.Events;

namespace TypedSockets.Protocol.Channels;

/// <summary>An event without a contract on its way through filters to its handler.</summary>
internal sealed class DynamicInvocation(DynamicEvent dynamicEvent, Func<DynamicEvent, ValueTask> handler, EventChannel channel)
    : EventInvocation(-1, new ReadOnlyCollection<object?>([.. dynamicEvent.Arguments]), dynamicEvent.ExpectsAck)
{
    public override CancellationToken CancellationToken => channel.GetEndedToken();

    public override ValueTask InvokeAsync() => handler(dynamicEvent);
}
