using TypedSockets.Events;

namespace TypedSockets.Client.Filters;

/// <summary>Leads the events that a contract's server sends through the filters of the socket.</summary>
internal sealed class ClientInterceptor(ClientFilters filters, ContractShape contract) : EventInterceptor
{
    public override bool Intercepts(int eventId) => true;

    public override ValueTask InterceptAsync(EventInvocation invocation)
    {
        var shape = contract.ClientEvents[invocation.EventId];
        return filters.Event(new ClientEventContext(contract, shape.Name, shape, invocation));
    }
}
