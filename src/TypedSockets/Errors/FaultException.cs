namespace TypedSockets;

/// <summary>
/// Ends the handler of an event with a fault that the event declares (<see cref="FaultAttribute{T}"/>): its caller catches <see cref="RemoteFaultException{T}"/> with the same value. Thrown
/// as <see cref="FaultException{T}"/>. One that the event does not declare is an exception like any other: the caller learns no more than that the handler failed.
/// </summary>
public abstract class FaultException : Exception
{
    private protected FaultException(string message) : base(message)
    {
    }
}

/// <inheritdoc/>
/// <remarks>The value alone crosses the wire; the message is for this end's logs.</remarks>
/// <typeparam name="T">The type that the event declares, exactly: a fault of a derived type is another fault.</typeparam>
/// <param name="value">What the caller is told.</param>
public sealed class FaultException<T>(T value) : FaultException($"The handler ended with the fault '{typeof(T).Name}'.")
    where T : notnull
{
    /// <summary>What the caller is told.</summary>
    public T Value { get; } = value;
}
