namespace TypedSockets.Client;

/// <summary>
/// Runs code around what a client sends and handles: <see cref="TypedSocketOptions.Filters"/>. Filters run one inside the other, the first one outermost. One instance serves every contract of the
/// socket, so a filter must be safe for concurrent use.
/// </summary>
public interface IClientFilter
{
    /// <summary>
    /// An event came from the server, has been read, and is about to be handled; in turn with the other events. What is thrown is answered as if the handler had thrown it;
    /// <see cref="EventRefusedException"/> refuses the event.
    /// </summary>
    /// <param name="context">The event.</param>
    /// <param name="next">
    /// Goes on, with the same context; not to be called more than once. A filter that does not call it handles the event itself, and sets <see cref="EventContext.Result"/> where the event has one. An
    /// event without a contract is refused then, if its sender waits (<see cref="RemoteFault.NotSupported"/>).
    /// </param>
    ValueTask OnEvent(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next(context);
    }

    /// <summary>A one-way event is about to be sent. It is sent before the call of the proxy returns, so that events stay in their order; what is thrown, the caller of the proxy gets.</summary>
    /// <param name="context">The event; its arguments are read-only.</param>
    /// <param name="next">Sends it. A filter that does not call it drops the event.</param>
    void OnSend(ClientEventContext context, Action<ClientEventContext> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        next(context);
    }

    /// <summary>An event that is answered is about to be sent. What is thrown, the caller of the proxy gets.</summary>
    /// <param name="context">The event; its arguments are read-only.</param>
    /// <param name="next">
    /// Sends it, and completes with the answer, which is <see cref="EventContext.Result"/> then. It may be called again, to try once more. A filter that does not call it answers itself, by setting
    /// the result where the event has one.
    /// </param>
    ValueTask OnRequest(ClientEventContext context, Func<ClientEventContext, ValueTask> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next(context);
    }
}
