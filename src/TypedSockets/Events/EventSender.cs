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

    /// <summary>
    /// Sends a one-way event with <see cref="Delivery.Latest"/>: while it waits, a newer one with the same key replaces it. A sender that keeps nothing waiting need not override this.
    /// </summary>
    /// <inheritdoc cref="Send{TArguments}"/>
    public virtual void SendLatest<TArguments>(int eventId, in TArguments arguments) where TArguments : struct, IConflatedPayload => Send(eventId, arguments);

    /// <summary>
    /// Sends a one-way event with <see cref="Delivery.Droppable"/>: it is dropped when it would have to wait. A sender that keeps nothing waiting need not override this.
    /// </summary>
    /// <inheritdoc cref="Send{TArguments}"/>
    public virtual void SendDroppable<TArguments>(int eventId, in TArguments arguments) where TArguments : struct, IPayload => Send(eventId, arguments);

    /// <summary>Sends an event and completes when the peer's handler has finished.</summary>
    /// <inheritdoc cref="Request{TArguments, TResult, TCodec}(int, in TArguments, CancellationToken)"/>
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

    /// <summary>Sends an event that takes streams and completes when the peer's handler has finished.</summary>
    /// <inheritdoc cref="Request{TArguments, TResult, TCodec}(int, in TArguments, StreamSource[], CancellationToken)"/>
    public virtual ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) where TArguments : struct, IPayload =>
        throw NoStreams();

    /// <summary>
    /// Sends an event that takes streams and completes with the value that the peer's handler returned. The streams are enumerated as far and as fast as the handler reads them, on the
    /// thread pool; they end with the request. It has no timeout.
    /// </summary>
    /// <param name="eventId">The compiled id of the event: its index in <see cref="ContractShape"/>.</param>
    /// <param name="arguments">The arguments of the event, without the streams.</param>
    /// <param name="streams">What the event takes as streams, in the order of its parameters.</param>
    /// <param name="cancellationToken">Cancels the request and the streams here and asks the peer to cancel its handler.</param>
    /// <exception cref="NotConnectedException">There is no open connection.</exception>
    /// <exception cref="EventNotSupportedException">The peer's build of the contract does not have this event, or the session speaks Socket.IO, which has no streams.</exception>
    /// <exception cref="PayloadTooLargeException">The encoded event, or an item of a stream, exceeds what the peer accepts.</exception>
    /// <exception cref="RemoteException">The peer's handler failed, or has too many streams already.</exception>
    /// <exception cref="DisconnectedException">The connection ended before the answer came.</exception>
    public virtual ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult> => throw NoStreams();

    /// <summary>Returns what the peer's handler streams back. Nothing is sent before it is enumerated; each enumeration sends the event anew, and throws what keeps it from being sent.</summary>
    /// <inheritdoc cref="OpenStream"/>
    public IAsyncEnumerable<TItem> Stream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TItem> => new EventStream<TArguments, TItem, TCodec>(this, eventId, arguments, streams, cancellationToken);

    /// <summary>Sends an event and returns the items that the peer's handler streams back. Disposing it tells the peer to stop.</summary>
    /// <param name="eventId">The compiled id of the event: its index in <see cref="ContractShape"/>.</param>
    /// <param name="arguments">The arguments of the event, without the streams.</param>
    /// <param name="streams">What the event takes as streams, in the order of its parameters.</param>
    /// <param name="cancellationToken">Ends the enumeration here and asks the peer to cancel its handler.</param>
    /// <inheritdoc cref="Request{TArguments, TResult, TCodec}(int, in TArguments, StreamSource[], CancellationToken)" path="/exception"/>
    public virtual IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TItem> => throw NoStreams();

    private NotSupportedException NoStreams() => new($"'{GetType().Name}' carries no streams.");
}
