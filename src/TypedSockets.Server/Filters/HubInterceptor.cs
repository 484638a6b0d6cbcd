using TypedSockets.Events;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Filters;

/// <summary>Leads the events of one client through the pipeline of its hub.</summary>
internal sealed class HubInterceptor(HubPipeline pipeline, HubMember member) : EventInterceptor
{
    public override bool Intercepts(int eventId) => pipeline.Events[eventId] is not null;

    public override ValueTask InterceptAsync(EventInvocation invocation)
    {
        var shape = member.Namespace.Shape.ServerEvents[invocation.EventId];
        return pipeline.Events[invocation.EventId]!(new HubEventContext(member, shape.Name, shape, invocation));
    }
}
