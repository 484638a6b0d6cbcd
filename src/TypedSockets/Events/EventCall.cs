using System.Diagnostics.CodeAnalysis;

namespace TypedSockets.Events;

/// <summary>One incoming event on its way through a generated dispatcher: it takes the handler's result and sends it back if the peer asked for it.</summary>
/// <param name="replies">Takes the answer.</param>
/// <param name="eventId">The compiled id of the event.</param>
/// <param name="ackId">What the peer correlates the answer with; null when it expects none.</param>
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
public readonly struct EventCall(EventReplies replies, int eventId, uint? ackId)
{
    internal int EventId => eventId;

    internal bool ExpectsAnswer => ackId is not null;

    /// <summary>Cancelled when the caller gives the request up or the connection ends. Reading it has a cost, so dispatchers read it only for handlers that take a token.</summary>
    public CancellationToken CancellationToken => replies.GetCancellationToken(ackId);

    /// <summary>The handler of a one-way event returned.</summary>
    public ValueTask Complete()
    {
        if (ackId is { } id)
        {
            replies.Acknowledge(id);
        }

        return default;
    }

    /// <summary>The handler returned a task without a value.</summary>
    public ValueTask Complete(ValueTask handler)
    {
        if (!handler.IsCompletedSuccessfully)
        {
            return Await(handler, this);
        }

        // Consumes the value task: it may be backed by a pooled source.
        handler.GetAwaiter().GetResult();
        return Complete();

        static async ValueTask Await(ValueTask handler, EventCall call)
        {
            try
            {
                await handler.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                call.Fail(exception);
                return;
            }

            await call.Complete().ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="Complete(ValueTask)"/>
    public ValueTask Complete(Task handler) => Complete(new ValueTask(handler));

    /// <summary>The handler returned a task with a value.</summary>
    public ValueTask Reply<TResult, TCodec>(ValueTask<TResult> handler) where TCodec : struct, IPayloadCodec<TResult>
    {
        if (!handler.IsCompletedSuccessfully)
        {
            return Await(handler, this);
        }

        Reply<TResult, TCodec>(handler.GetAwaiter().GetResult());
        return default;

        static async ValueTask Await(ValueTask<TResult> handler, EventCall call)
        {
            try
            {
                // Writing the result may fail too, and the caller waits all the same.
                call.Reply<TResult, TCodec>(await handler.ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                call.Fail(exception);
            }
        }
    }

    /// <inheritdoc cref="Reply{TResult, TCodec}(ValueTask{TResult})"/>
    public ValueTask Reply<TResult, TCodec>(Task<TResult> handler) where TCodec : struct, IPayloadCodec<TResult> => Reply<TResult, TCodec>(new ValueTask<TResult>(handler));

    /// <summary>Makes room for the streams of the event. Returns false when there is none; the caller has been told, and the handler is not to be called.</summary>
    /// <param name="received">How many streams the event takes.</param>
    /// <param name="sent">How many it is answered with: 1 or none.</param>
    public bool TryOpenStreams(int received, int sent) => replies.TryOpenStreams(eventId, ackId, received, sent);

    /// <summary>Returns a stream that the peer sends with the event. Call it after <see cref="TryOpenStreams"/>, once for each stream.</summary>
    /// <param name="stream">Which of the event's streams, counted from 1 in the order of the parameters.</param>
    public IAsyncEnumerable<TItem> ReceiveStream<TItem, TCodec>(int stream) where TCodec : struct, IPayloadCodec<TItem> =>
        replies.ReceiveStream<TItem, TCodec>(eventId, ackId.GetValueOrDefault(), stream);

    /// <summary>The handler returned a stream. It is enumerated outside the handler's turn, which is over.</summary>
    public ValueTask SendStream<TItem, TCodec>(IAsyncEnumerable<TItem> handler) where TCodec : struct, IPayloadCodec<TItem>
    {
        replies.SendStream(eventId, ackId.GetValueOrDefault(), StreamSource.Of<TItem, TCodec>(handler));
        return default;
    }

    /// <summary>The handler's stream comes later, when what stands before it has let the event through; the turn goes on until then.</summary>
    public async ValueTask SendStream<TItem, TCodec>(ValueTask<IAsyncEnumerable<TItem>> handler) where TCodec : struct, IPayloadCodec<TItem>
    {
        try
        {
            await SendStream<TItem, TCodec>(await handler.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>The event is not to be handled. Nothing is thrown for it: in a flood of such events that would cost more than all else.</summary>
    public ValueTask Refuse(EventRefusedException refusal)
    {
        Fail(refusal);
        return default;
    }

    private void Reply<TResult, TCodec>(TResult result) where TCodec : struct, IPayloadCodec<TResult>
    {
        if (ackId is { } id)
        {
            replies.Reply<TResult, TCodec>(id, result);
        }
    }

    private void Fail(Exception exception) => replies.Fault(eventId, ackId, exception);
}
