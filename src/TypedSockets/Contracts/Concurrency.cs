namespace TypedSockets;

/// <summary>What may run beside the handler of an event, on one connection. Handlers begin in the order in which their events came, whatever this says.</summary>
public enum Concurrency
{
    /// <summary>The next handler begins when this one has finished. The default.</summary>
    Serial,

    /// <summary>The next handler does not wait for this one. It has to be safe for concurrent use.</summary>
    Concurrent,

    /// <summary>The next handler does not wait for this one, unless it is of an event that is <see cref="Keyed"/> too and has an equal key (<see cref="ConcurrencyKeyAttribute"/>).</summary>
    Keyed,
}
