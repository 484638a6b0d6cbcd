namespace TypedSockets;

/// <summary>The peer's handler ended with a fault that the event declares (<see cref="FaultAttribute{T}"/>).</summary>
/// <typeparam name="T">What the fault tells.</typeparam>
/// <param name="event">The event whose handler failed, as <c>Contract.Event</c>.</param>
/// <param name="faultName">The name of the fault on the wire.</param>
/// <param name="value">What the handler threw, as <see cref="FaultException{T}.Value"/>.</param>
public sealed class RemoteFaultException<T>(string @event, string faultName, T value)
    : RemoteException(@event, faultName, $"The handler of '{@event}' ended with the fault '{faultName}'.")
    where T : notnull
{
    /// <summary>What the handler threw, as <see cref="FaultException{T}.Value"/>.</summary>
    public T Value { get; } = value;
}
