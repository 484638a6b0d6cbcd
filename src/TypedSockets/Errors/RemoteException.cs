namespace TypedSockets;

/// <summary>The peer's handler of a request failed. Where it ended with a fault that the event declares, this is a <see cref="RemoteFaultException{T}"/>.</summary>
public class RemoteException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="event">The event whose handler failed, as <c>Contract.Event</c>.</param>
    /// <param name="fault">What kind of failure it was.</param>
    /// <param name="detail">The type and message of the peer's exception; null unless the peer shows them.</param>
    public RemoteException(string @event, RemoteFault fault, string? detail) : base(Describe(@event, fault, detail))
    {
        Event = @event;
        Fault = fault;
        Detail = detail;
    }

    /// <summary>Creates the exception for a fault that this end's build of the contract does not declare.</summary>
    /// <param name="event">The event whose handler failed, as <c>Contract.Event</c>.</param>
    /// <param name="faultName">The name of the fault on the wire.</param>
    public RemoteException(string @event, string faultName)
        : this(@event, faultName, $"The handler of '{@event}' ended with the fault '{faultName}', which this end's build of the contract does not declare.")
    {
    }

    private protected RemoteException(string @event, string faultName, string message) : base(message)
    {
        Event = @event;
        Fault = RemoteFault.Declared;
        FaultName = faultName;
    }

    /// <summary>The event whose handler failed.</summary>
    public string Event { get; }

    /// <summary>What kind of failure it was.</summary>
    public RemoteFault Fault { get; }

    /// <summary>The name on the wire of the fault that the peer's handler ended with; null where <see cref="Fault"/> is not <see cref="RemoteFault.Declared"/>.</summary>
    public string? FaultName { get; }

    /// <summary>The type and message of the peer's exception; null unless the peer shows them (<c>EnableDetailedErrors</c>). Of an event that was refused, what the peer says about it.</summary>
    public string? Detail { get; }

    /// <summary>How long the peer asks to wait before the event is sent again; null where it says nothing about it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private static string Describe(string @event, RemoteFault fault, string? detail)
    {
        var what = fault switch
        {
            RemoteFault.Canceled => $"The handler of '{@event}' was cancelled.",
            RemoteFault.NotSupported => $"The peer's build of the contract does not have '{@event}'.",
            RemoteFault.InvalidArguments => $"The peer refused the arguments of '{@event}'.",
            RemoteFault.ResultTooLarge => $"The result of '{@event}' exceeds what this end accepts.",
            RemoteFault.StreamFailed => $"A stream that the caller of '{@event}' sent failed.",
            RemoteFault.TooManyStreams => $"'{@event}' was refused: the peer allows no more streams.",
            RemoteFault.Unauthenticated => $"'{@event}' was refused: the user is not authenticated.",
            RemoteFault.Forbidden => $"'{@event}' was refused: the user may not send it.",
            RemoteFault.RateLimited => $"'{@event}' was refused: too many events were sent.",
            _ => $"The handler of '{@event}' failed.",
        };
        return detail is null ? what : $"{what} {detail}";
    }
}
