using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Protocol.Channels;
using TypedSockets.Server.Authorization;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Filters;

/// <summary>
/// What stands between the clients of a namespace and its hubs: who may do what, and the filters. Put together once, from the hub's attributes and the server's filters. Immutable; safe for
/// concurrent use.
/// </summary>
internal sealed class HubPipeline
{
    private readonly IHubFilter[] _filters;
    private readonly Func<HubEventContext, ValueTask>? _dynamic;

    /// <param name="hub">The hub.</param>
    /// <param name="events">How many events its contract has.</param>
    /// <param name="methodOf">The contract's method of an event.</param>
    /// <param name="services">The services of the application.</param>
    /// <exception cref="InvalidOperationException">The attributes ask for what the application does not have.</exception>
    public HubPipeline([DynamicallyAccessedMembers(HubMembers.Needed)] Type hub, int events, Func<int, MethodInfo> methodOf, IServiceProvider services)
    {
        var attributes = hub.GetCustomAttributes(inherit: true);
        Authorization = HubAuthorization.Of(attributes, $"Hub '{hub}'", services);
        _filters = [.. services.GetServices<HubFilterRegistration>().Select(filter => filter.Resolve(services)), .. FiltersOf(attributes, services)];
        Events = new Func<HubEventContext, ValueTask>?[events];
        for (var eventId = 0; eventId < events; eventId++)
        {
            Events[eventId] = Compose(hub, methodOf(eventId), services);
        }

        HasEvents = Array.Exists(Events, static chain => chain is not null);
        if (typeof(IDynamicEventHandler).IsAssignableFrom(hub))
        {
            _dynamic = Compose(hub, typeof(IDynamicEventHandler).GetMethod(nameof(IDynamicEventHandler.OnAny))!, services);
        }
    }

    /// <summary>What is asked of whoever connects; null for nothing.</summary>
    public HubAuthorization? Authorization { get; }

    /// <summary>What each event goes through on its way to the hub; null for nothing.</summary>
    public Func<HubEventContext, ValueTask>?[] Events { get; }

    /// <summary>Whether any event of the contract goes through anything.</summary>
    public bool HasEvents { get; }

    /// <summary>Whether anything stands around the hub's life cycle.</summary>
    public bool HasFilters => _filters.Length > 0;

    /// <summary>Leads events without a contract to <paramref name="handler"/> through the same.</summary>
    public Func<DynamicEvent, ValueTask> Around(HubMember member, Func<DynamicEvent, ValueTask> handler) => _dynamic is not { } chain
        ? handler
        : dynamicEvent => new DynamicInvocation(dynamicEvent, handler, member.Channel).LeadAsync(invocation => chain(new HubEventContext(member, dynamicEvent.Name, null, invocation)));

    public ValueTask ConnectAsync(HubMember member, Connected connected, Func<ValueTask> handler) => RunAsync((filter, next) => filter.OnConnected(member.Shown, connected, next), handler);

    public ValueTask DisconnectAsync(HubMember member, DisconnectReason reason, Func<ValueTask> handler) => RunAsync((filter, next) => filter.OnDisconnected(member.Shown, reason, next), handler);

    private ValueTask RunAsync(Func<IHubFilter, Func<ValueTask>, ValueTask> step, Func<ValueTask> handler)
    {
        var chain = handler;
        foreach (var filter in Enumerable.Reverse(_filters))
        {
            var next = chain;
            chain = () => step(filter, next);
        }

        return chain();
    }

    private static IEnumerable<IHubFilter> FiltersOf(object[] attributes, IServiceProvider services) =>
        attributes.OfType<HubFilterAttribute>().OrderBy(static attribute => attribute.Order).Select(attribute => attribute.Resolve(services));

    private Func<HubEventContext, ValueTask>? Compose([DynamicallyAccessedMembers(HubMembers.Needed)] Type hub, MethodInfo declared, IServiceProvider services)
    {
        var handler = FindHandler(hub, declared);
        var attributes = handler.GetCustomAttributes(inherit: true);
        IHubFilter[] filters = [.. _filters, .. FiltersOf(attributes, services)];
        // Whoever wrote [Authorize] in the contract meant it too; who wrote [AllowAnonymous] there opens nothing that the hub has closed.
        var ofContract = declared.GetCustomAttributes(inherit: true);
        var asked = Array.Exists(ofContract, static attribute => attribute is IAllowAnonymous) ? attributes : (object[])[.. attributes, .. ofContract];
        var authorization = HubAuthorization.Of(asked, $"Event '{handler.DeclaringType}.{handler.Name}'", services);
        if (filters.Length == 0 && authorization is null)
        {
            return null;
        }

        Func<HubEventContext, ValueTask> chain = static context => context.CallHandlerAsync();
        foreach (var filter in Enumerable.Reverse(filters))
        {
            var next = chain;
            chain = context => filter.OnEvent(context, next);
        }

        return authorization is null ? chain : context => authorization.AskAsync(context, chain);
    }

    // Whatever the hub's method is called and wherever it is declared. Nothing may slip through: a method whose attributes cannot be seen keeps the server from starting.
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The interface's method was found by its name, which made trimming leave it; the hub's methods stay by the annotation.")]
    private static MethodInfo FindHandler([DynamicallyAccessedMembers(HubMembers.Needed)] Type hub, MethodInfo declared)
    {
        var map = hub.GetInterfaceMap(declared.DeclaringType!);
        var index = Array.IndexOf(map.InterfaceMethods, declared);
        return index < 0
            ? throw new InvalidOperationException($"The method of hub '{hub}' that handles '{declared.DeclaringType}.{declared.Name}' cannot be seen, nor whom it is for: declare it in the hub itself, or keep trimming from removing it.")
            : map.TargetMethods[index];
    }
}
