using TypedSockets.Client.Namespaces;
using TypedSockets.Events;

namespace TypedSockets.Client.Filters;

/// <summary>Leads what a client sends through the filters of the socket. Stands in front of a namespace only where there are any.</summary>
/// <param name="opened">The namespace.</param>
/// <param name="sender">Takes the events of its contract: the namespace, or what adds a timeout to it.</param>
/// <param name="filters">The filters.</param>
internal sealed class FilteringSender(ClientNamespace opened, EventSender sender, ClientFilters filters) : EventSender, IDynamicSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        var copy = arguments;
        Send(eventId, arguments.ToValues(), () => sender.Send(eventId, copy));
    }

    public override void SendLatest<TArguments>(int eventId, in TArguments arguments)
    {
        var copy = arguments;
        Send(eventId, arguments.ToValues(), () => sender.SendLatest(eventId, copy));
    }

    public override void SendDroppable<TArguments>(int eventId, in TArguments arguments)
    {
        var copy = arguments;
        Send(eventId, arguments.ToValues(), () => sender.SendDroppable(eventId, copy));
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        var copy = arguments;
        return RequestAsync(eventId, arguments.ToValues(), () => sender.Request(eventId, copy, cancellationToken), cancellationToken);
    }

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        var copy = arguments;
        return RequestAsync(eventId, arguments.ToValues(), () => sender.Request<TArguments, TResult, TCodec>(eventId, copy, cancellationToken), cancellationToken);
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
    {
        var copy = arguments;
        return RequestAsync(eventId, [.. arguments.ToValues(), .. streams], () => sender.Request(eventId, copy, streams, cancellationToken), cancellationToken);
    }

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
    {
        var copy = arguments;
        return RequestAsync(eventId, [.. arguments.ToValues(), .. streams], () => sender.Request<TArguments, TResult, TCodec>(eventId, copy, streams, cancellationToken), cancellationToken);
    }

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
    {
        var copy = arguments;
        return EnumerateAsync([.. arguments.ToValues(), .. streams]).GetAsyncEnumerator(CancellationToken.None);

        async IAsyncEnumerable<TItem> EnumerateAsync(object?[] values)
        {
            // Closed even where a filter fails behind it, or hands on another in its place.
            IAsyncEnumerator<TItem>? opened = null;
            try
            {
                var items = await RequestAsync(eventId, values, Open, cancellationToken).ConfigureAwait(false);
                await using var closing = items.ConfigureAwait(false);
                while (await items.MoveNextAsync().ConfigureAwait(false))
                {
                    yield return items.Current;
                }
            }
            finally
            {
                if (opened is not null)
                {
                    await opened.DisposeAsync().ConfigureAwait(false);
                }
            }

            ValueTask<IAsyncEnumerator<TItem>> Open() => new(opened = sender.OpenStream<TArguments, TItem, TCodec>(eventId, copy, streams, cancellationToken));
        }
    }

    public override EventSender WithTimeout(TimeSpan timeout) => new FilteringSender(opened, sender.WithTimeout(timeout), filters);

    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments)
    {
        var values = arguments.ToArray();
        filters.Send(ContextOf(name, new OutgoingEvent(-1, [.. values], expectsAnswer: false, Emit, CancellationToken.None)));

        ValueTask Emit()
        {
            opened.Emit(name, values);
            return default;
        }
    }

    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken)
    {
        var values = arguments.ToArray();
        var invocation = new OutgoingEvent<DynamicArguments>(-1, [.. values], () => opened.EmitWithAck(name, values, cancellationToken), cancellationToken);
        return RequestAsync(ContextOf(name, invocation), invocation);
    }

    private void Send(int eventId, object?[] arguments, Action send) => filters.Send(ContextOf(eventId, new OutgoingEvent(
        eventId,
        arguments,
        expectsAnswer: false,
        () =>
        {
            send();
            return default;
        },
        CancellationToken.None)));

    private ValueTask RequestAsync(int eventId, object?[] arguments, Func<ValueTask> send, CancellationToken cancellationToken) =>
        filters.Request(ContextOf(eventId, new OutgoingEvent(eventId, arguments, expectsAnswer: true, send, cancellationToken)));

    private ValueTask<TResult> RequestAsync<TResult>(int eventId, object?[] arguments, Func<ValueTask<TResult>> send, CancellationToken cancellationToken)
    {
        var invocation = new OutgoingEvent<TResult>(eventId, arguments, send, cancellationToken);
        return RequestAsync(ContextOf(eventId, invocation), invocation);
    }

    private async ValueTask<TResult> RequestAsync<TResult>(ClientEventContext context, EventInvocation<TResult> invocation)
    {
        await filters.Request(context).ConfigureAwait(false);
        return invocation.TakeResult();
    }

    private ClientEventContext ContextOf(int eventId, EventInvocation invocation)
    {
        var shape = opened.Shape.ServerEvents[eventId];
        return new ClientEventContext(opened.Shape, shape.Name, shape, invocation);
    }

    private ClientEventContext ContextOf(string name, EventInvocation invocation) => new(opened.Shape, name, null, invocation);
}
