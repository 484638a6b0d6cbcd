namespace TypedSockets.Server;

/// <summary>
/// Runs code around the events of hubs. Added to every hub by <see cref="TypedSocketsBuilder.AddFilter{TFilter}"/>, to one hub or one event by <see cref="HubFilterAttribute{TFilter}"/>. There is
/// one instance for all connections, so a filter must be safe for concurrent use.
/// </summary>
/// <remarks>
/// Filters run in the turn of the event, one inside the other: those of the server in the order in which they were added, then those of the hub, then those of the event. What a filter throws
/// is answered as if the handler had thrown it; <see cref="EventRefusedException"/> refuses the event. An event without any filter goes to its handler directly.
/// </remarks>
public interface IHubFilter
{
    /// <summary>An event came, has been read, and is about to be handled.</summary>
    /// <param name="context">The event.</param>
    /// <param name="next">
    /// Goes on, with the same context; not to be called more than once. A filter that does not call it handles the event itself, and sets <see cref="EventContext.Result"/> where the event has one. An
    /// event without a contract is refused then, if its sender waits (<see cref="RemoteFault.NotSupported"/>).
    /// </param>
    ValueTask OnEvent(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next(context);
    }

    /// <summary>A client has joined. When this throws, it is disconnected with <see cref="HandlerFault"/>.</summary>
    /// <param name="connection">The client.</param>
    /// <param name="connected">What it is connected by.</param>
    /// <param name="next">Goes on to the hub's <see cref="Hub{TClient}.OnConnected"/>.</param>
    ValueTask OnConnected(HubConnection connection, Connected connected, Func<ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next();
    }

    /// <summary>A client that had joined is gone, and out of its rooms.</summary>
    /// <param name="connection">The client.</param>
    /// <param name="reason">Why.</param>
    /// <param name="next">Goes on to the hub's <see cref="Hub{TClient}.OnDisconnected"/>.</param>
    ValueTask OnDisconnected(HubConnection connection, DisconnectReason reason, Func<ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next();
    }
}
