namespace TypedSockets.Events;

/// <summary>Stands between a dispatcher and its handler. One serves one dispatcher, and is called as the dispatcher is: one event at a time, unless the event says otherwise.</summary>
public abstract class EventInterceptor
{
    /// <summary>Whether anything is to be done about an event. One that nothing is done about goes to its handler at once, with its arguments as they were read.</summary>
    /// <param name="eventId">The compiled id of the event.</param>
    public abstract bool Intercepts(int eventId);

    /// <summary>Does what is to be done, and calls the handler by <see cref="EventInvocation.InvokeAsync"/>, or not. What it throws is answered as if the handler had thrown it.</summary>
    /// <param name="invocation">The event and its handler.</param>
    public abstract ValueTask InterceptAsync(EventInvocation invocation);
}
