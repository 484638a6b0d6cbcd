namespace TypedSockets.Events;

/// <summary>One event that filters see before it is handled, or sent. Not safe for concurrent use.</summary>
public abstract class EventInvocation
{
    /// <param name="eventId">The compiled id of the event; -1 for an event without a contract.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="expectsAnswer">Whether whoever sends the event waits for it to be handled.</param>
    protected EventInvocation(int eventId, IList<object?> arguments, bool expectsAnswer)
    {
        EventId = eventId;
        Arguments = arguments;
        ExpectsAnswer = expectsAnswer;
    }

    /// <summary>The compiled id of the event; -1 for an event without a contract.</summary>
    public int EventId { get; }

    /// <summary>
    /// The arguments, in the order of the parameters. Those of an event of a contract that came can be replaced, by values of the same types; those of an event without a contract, or that is
    /// sent, are read-only.
    /// </summary>
    public IList<object?> Arguments { get; }

    /// <summary>Whether whoever sends the event waits for it to be handled.</summary>
    public bool ExpectsAnswer { get; }

    /// <summary>The value that the event is answered with: null until there is one, and for events without.</summary>
    /// <exception cref="ArgumentException">It is set to what the event is not answered with.</exception>
    public virtual object? Result
    {
        get => null;
        set => throw new ArgumentException("The event is answered without a result that a filter could set.", nameof(value));
    }

    /// <summary>Cancelled when the caller gives the event up, or the connection ends.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Goes on: calls the handler, or sends the event. Completes when that has finished, and fails as it does.</summary>
    public abstract ValueTask InvokeAsync();
}

/// <summary>One event with a result that filters see before it is handled, or sent. Not safe for concurrent use.</summary>
/// <typeparam name="TResult">What it is answered with.</typeparam>
public abstract class EventInvocation<TResult> : EventInvocation
{
    private TResult? _result;
    private bool _hasResult;

    /// <inheritdoc/>
    protected EventInvocation(int eventId, IList<object?> arguments, bool expectsAnswer) : base(eventId, arguments, expectsAnswer)
    {
    }

    /// <inheritdoc/>
    public sealed override object? Result
    {
        get => _result;
        set
        {
            // Null stands for a result where its type has null.
            _result = value is TResult || (value is null && default(TResult) is null)
                ? (TResult?)value
                : throw new ArgumentException($"The event is answered with a '{typeof(TResult)}', not with {(value is null ? "null" : $"a '{value.GetType()}'")}.", nameof(value));
            _hasResult = true;
        }
    }

    /// <inheritdoc/>
    public sealed override async ValueTask InvokeAsync()
    {
        _result = await GetResultAsync().ConfigureAwait(false);
        _hasResult = true;
    }

    /// <summary>Returns the result, when the last filter has finished.</summary>
    /// <exception cref="InvalidOperationException">There is none: no filter went on, and none has set one.</exception>
    public TResult TakeResult() => _hasResult
        ? _result!
        : throw new InvalidOperationException("A filter did not let an event with a result through, and has set no result: set Result, call next, or refuse the event with EventRefusedException.");

    /// <summary>Calls the handler, or sends the event.</summary>
    protected abstract ValueTask<TResult> GetResultAsync();
}
