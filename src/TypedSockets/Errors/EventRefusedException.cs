namespace TypedSockets;

/// <summary>
/// Refuses an event: a filter or a handler throws it, and the caller of an event that is answered gets a <see cref="RemoteException"/> with the same <see cref="Fault"/>. It is no failure of
/// the handler: it is reported as <see cref="EventRefused"/>, and the connection stays.
/// </summary>
public sealed class EventRefusedException : Exception
{
    /// <summary>Refuses an event.</summary>
    /// <param name="fault">What the caller is told.</param>
    /// <param name="detail">More about it, which the caller is told too; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="fault"/> is <see cref="RemoteFault.Declared"/>, which has a value: throw <see cref="FaultException{TFault}"/>.</exception>
    public EventRefusedException(RemoteFault fault = RemoteFault.Forbidden, string? detail = null) : base(detail ?? Describe(fault))
    {
        if (fault is RemoteFault.Declared)
        {
            throw new ArgumentException("An event is not refused with a fault that it declares, 'Declared', which has a value: throw a FaultException.", nameof(fault));
        }

        Fault = fault;
        Detail = detail;
    }

    /// <summary>What the caller is told.</summary>
    public RemoteFault Fault { get; }

    /// <summary>More about it, which the caller is told too; null for nothing.</summary>
    public string? Detail { get; }

    /// <summary>How long the caller should wait before it tries again; null to say nothing about it. Told in milliseconds, and over ts1 with
    /// <see cref="RemoteFault.Unauthenticated"/>, <see cref="RemoteFault.Forbidden"/> and <see cref="RemoteFault.RateLimited"/> alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private static string Describe(RemoteFault fault) => fault switch
    {
        RemoteFault.Unauthenticated => "The user is not authenticated.",
        RemoteFault.Forbidden => "The user may not send the event.",
        RemoteFault.RateLimited => "Too many events came.",
        _ => $"The event was refused: {fault}.",
    };
}
