using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>Decodes incoming events and calls the handler that was given at construction. The generator writes one for each end of a contract. Not safe for concurrent use.</summary>
public abstract class EventDispatcher
{
    /// <summary>Reads the arguments of one event, checks that nothing is left with <see cref="MessagePackReader.Complete"/>, and calls the handler.</summary>
    /// <param name="eventId">The compiled id of the event: its index in <see cref="ContractShape"/>. The caller has checked its range.</param>
    /// <param name="reader">At the array of arguments. It is not used after the handler was called, so the bytes below may be reused then.</param>
    /// <param name="call">Takes the handler's result.</param>
    /// <returns>Completes when the handler has finished and its result, or its failure, has been sent.</returns>
    /// <exception cref="PayloadException">The arguments cannot be read; the handler was not called.</exception>
    public abstract ValueTask Dispatch(int eventId, ref MessagePackReader reader, EventCall call);

    /// <inheritdoc cref="Dispatch(int, ref MessagePackReader, EventCall)"/>
    public abstract ValueTask Dispatch(int eventId, ref JsonReader reader, EventCall call);

    /// <summary>
    /// Whether the handler may wait for an answer of its peer: the other direction of the contract has an event with an answer. Its handler is then followed, so that it can give up its turn,
    /// which costs a request some bytes. Default false.
    /// </summary>
    public virtual bool MayAsk => false;

    /// <summary>Reads the key by which the handlers of a <see cref="Concurrency.Keyed"/> event take turns; null for every other event.</summary>
    /// <param name="eventId">The compiled id of the event.</param>
    /// <param name="reader">At the array of arguments.</param>
    /// <exception cref="PayloadException">The key cannot be read; nor can the arguments, then.</exception>
    public virtual object? GetConcurrencyKey(int eventId, ref MessagePackReader reader) => null;

    /// <inheritdoc cref="GetConcurrencyKey(int, ref MessagePackReader)"/>
    public virtual object? GetConcurrencyKey(int eventId, ref JsonReader reader) => null;

    /// <summary>What stands between the dispatcher and its handler; null for nothing. Set before the first event.</summary>
    public EventInterceptor? Interceptor { get; set; }

    /// <summary>Whether an event goes through <see cref="Interceptor"/>. What is read of an event that does not goes to the handler as it is: nothing is boxed.</summary>
    /// <param name="eventId">The compiled id of the event.</param>
    protected bool IsIntercepted(int eventId) => Interceptor is { } interceptor && interceptor.Intercepts(eventId);

    /// <summary>Leads an event without a result through <see cref="Interceptor"/>.</summary>
    /// <param name="call">Takes the handler's result.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="handler">Calls the handler.</param>
    protected ValueTask Intercept(EventCall call, object?[] arguments, Func<object?[], EventCall, ValueTask> handler) =>
        call.Complete(RunAsync(Interceptor!, new HandlerInvocation(call, arguments, handler)));

    /// <summary>Leads an event with a result through <see cref="Interceptor"/>.</summary>
    /// <inheritdoc cref="Intercept(EventCall, object[], Func{object[], EventCall, ValueTask})"/>
    protected ValueTask Intercept<TResult, TCodec>(EventCall call, object?[] arguments, Func<object?[], EventCall, ValueTask<TResult>> handler)
        where TCodec : struct, IPayloadCodec<TResult> =>
        call.Reply<TResult, TCodec>(GetResultAsync(Interceptor!, new HandlerInvocation<TResult>(call, arguments, handler)));

    /// <summary>Leads an event that is answered with a stream through <see cref="Interceptor"/>.</summary>
    /// <inheritdoc cref="Intercept(EventCall, object[], Func{object[], EventCall, ValueTask})"/>
    protected ValueTask InterceptStream<TItem, TCodec>(EventCall call, object?[] arguments, Func<object?[], EventCall, ValueTask<IAsyncEnumerable<TItem>>> handler)
        where TCodec : struct, IPayloadCodec<TItem> =>
        call.SendStream<TItem, TCodec>(GetResultAsync(Interceptor!, new HandlerInvocation<IAsyncEnumerable<TItem>>(call, arguments, handler)));

    private static async ValueTask<TResult> GetResultAsync<TResult>(EventInterceptor interceptor, HandlerInvocation<TResult> invocation)
    {
        await interceptor.InterceptAsync(invocation).ConfigureAwait(false);
        return invocation.TakeResult();
    }

    // A value task, whatever is thrown before the first await: the arguments were read, and what is thrown now is the handler's or a filter's.
    private static async ValueTask RunAsync(EventInterceptor interceptor, HandlerInvocation invocation) => await interceptor.InterceptAsync(invocation).ConfigureAwait(false);
}
