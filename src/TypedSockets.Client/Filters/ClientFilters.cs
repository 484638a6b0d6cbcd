namespace TypedSockets.Client.Filters;

/// <summary>The filters of a socket, put together once. Immutable; safe for concurrent use.</summary>
internal sealed class ClientFilters
{
    public ClientFilters(IReadOnlyList<IClientFilter> filters)
    {
        Event = Request = static context => context.GoOnAsync();
        Send = static context => context.Send();
        foreach (var filter in Enumerable.Reverse(filters))
        {
            var (nextEvent, nextSend, nextRequest) = (Event, Send, Request);
            Event = context => filter.OnEvent(context, nextEvent);
            Send = context => filter.OnSend(context, nextSend);
            Request = context => filter.OnRequest(context, nextRequest);
        }
    }

    /// <summary>What an event of the server goes through to its handler.</summary>
    public Func<ClientEventContext, ValueTask> Event { get; }

    /// <summary>What a one-way event goes through to the server.</summary>
    public Action<ClientEventContext> Send { get; }

    /// <summary>What an event that is answered goes through to the server.</summary>
    public Func<ClientEventContext, ValueTask> Request { get; }
}
