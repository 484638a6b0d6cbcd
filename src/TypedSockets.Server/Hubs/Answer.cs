namespace TypedSockets.Server;

/// <summary>What one of many clients answered, or why it did not. Immutable.</summary>
/// <typeparam name="TResult">What the event returns.</typeparam>
public sealed class Answer<TResult>
{
    private readonly TResult _value;

    internal Answer(HubConnection from, TResult value)
    {
        From = from;
        _value = value;
    }

    internal Answer(HubConnection from, Exception failure)
    {
        From = from;
        _value = default!; // Not read where there is a failure.
        Failure = failure;
    }

    /// <summary>Whose answer it is.</summary>
    public HubConnection From { get; }

    /// <summary>
    /// Why there is no value; null where there is one. <see cref="RemoteException"/> when the client's handler failed or the client has no such event, <see cref="TimeoutException"/>
    /// when it did not answer in time, <see cref="DisconnectedException"/> when it left before it answered, <see cref="InvalidOperationException"/> when it owes too many answers
    /// (<see cref="TypedSocketServerOptions.MaxPendingRequests"/>) and was not asked, and another exception when its answer cannot be read.
    /// </summary>
    public Exception? Failure { get; }

    /// <summary>What the client answered.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Failure"/>, which is the inner exception.</exception>
    public TResult Value => Failure is null ? _value : throw new InvalidOperationException($"Connection '{From.Id}' did not answer with a value: {Failure.Message}", Failure);

    /// <inheritdoc/>
    public override string ToString() => Failure is null ? $"{From.Id}: {_value}" : $"{From.Id}: {Failure.GetType().Name}: {Failure.Message}";
}
