namespace TypedSockets.Events;

/// <summary>
/// Where generated proxies send their events: one peer, or a set of them. Safe for concurrent use; events sent from one thread to one peer arrive in the order sent.
/// </summary>
public abstract class EventSender
{
    /// <summary>Sends a one-way event. Returns when the event is encoded and queued; never waits for the network.</summary>
    /// <param name="eventId">The compiled id of the event: its index in <see cref="ContractShape"/>.</param>
    /// <param name="arguments">The arguments of the event.</param>
    /// <exception cref="NotConnectedException">There is no open connection.</exception>
    /// <exception cref="EventNotSupportedException">The peer's build of the contract does not have this event.</exception>
    /// <exception cref="PayloadTooLargeException">The encoded event exceeds what the peer accepts.</exception>
    public abstract void Send<TArguments>(int eventId, in TArguments arguments) where TArguments : struct, IPayload;

    /// <summary>Sends an event and completes when the peer's handler has finished.</summary>
    /// <inheritdoc cref="Request{TArguments, TResult, TCodec}"/>
    public abstract ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) where TArguments : struct, IPayload;

    /// <summary>Sends an event and completes with the value that the peer's handler returned.</summary>
    /// <param name="eventId">The compiled id of the event: its index in <see cref="ContractShape"/>.</param>
    /// <param name="arguments">The arguments of the event.</param>
    /// <param name="cancellationToken">Cancels the request here and asks the peer to cancel its handler.</param>
    /// <exception cref="NotConnectedException">There is no open connection.</exception>
    /// <exception cref="EventNotSupportedException">The peer's build of the contract does not have this event.</exception>
    /// <exception cref="PayloadTooLargeException">The encoded event exceeds what the peer accepts.</exception>
    /// <exception cref="RemoteException">The peer's handler failed.</exception>
    /// <exception cref="DisconnectedException">The connection ended before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer came within the timeout of the call, of the event or of the options, in this order.</exception>
    public abstract ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult>;

    /// <summary>Makes a sender of the same events whose requests wait for an answer no longer than <paramref name="timeout"/>; one-way events are not touched.</summary>
    /// <param name="timeout">A positive time of at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/>. The caller has checked it.</param>
    /// <exception cref="NotSupportedException">This sender waits for no answers.</exception>
    public virtual EventSender WithTimeout(TimeSpan timeout) => throw new NotSupportedException($"'{GetType()}' waits for no answers, so it has no timeout to set.");
}
