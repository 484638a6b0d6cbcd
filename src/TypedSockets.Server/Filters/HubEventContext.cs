using TypedSockets.Events;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>One event of a client on its way to its hub; what authorization policies get as their resource. Not safe for concurrent use; it is not to be kept.</summary>
public sealed class HubEventContext : EventContext
{
    private readonly HubMember _member;

    internal HubEventContext(HubMember member, string name, EventShape? shape, EventInvocation invocation) : base(member.Namespace.Shape.Name, name, shape, invocation) => _member = member;

    /// <summary>Who sent the event.</summary>
    public HubConnection Connection => _member.Shown;

    /// <summary>The hub that handles it.</summary>
    public object Hub => _member.Hub!; // Nothing is dispatched before the hub is made.

    /// <summary>The services of the connection's scope, which the hub was made from. Made for the filter where the hub asks for none.</summary>
    public IServiceProvider Services => _member.Services;

    internal HubMember Member => _member;

    internal ValueTask CallHandlerAsync() => InvokeAsync();
}
