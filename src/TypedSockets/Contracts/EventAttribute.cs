namespace TypedSockets;

/// <summary>Says how an event travels. Without it the wire name is the method's name as written, and everything else the default.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EventAttribute : Attribute
{
    /// <summary>Leaves the event its method's name.</summary>
    public EventAttribute()
    {
    }

    /// <summary>Gives the event a wire name of its own.</summary>
    /// <param name="name">The name on the wire; 1 to 128 characters. Keep it when the method is renamed, and old peers go on understanding the event.</param>
    public EventAttribute(string name) => Name = name;

    /// <summary>The name on the wire; null for that of the method.</summary>
    public string? Name { get; }

    /// <summary>
    /// How long an answer may take, in seconds, in place of the caller's option <c>RequestTimeout</c>. It travels with each request, so the handler's token is cancelled then, and a request
    /// whose time has passed before its turn is not handled. Positive, at most 2,147,483; default 0, which stands for the option. Only for events that are answered.
    /// </summary>
    public double TimeoutSeconds { get; set; }

    /// <summary>What may run beside the handler, on one connection. Default <see cref="Concurrency.Serial"/>: nothing. Only for events that are answered.</summary>
    public Concurrency Concurrency { get; set; }

    /// <summary>What becomes of the event while the other end reads too slowly. Default <see cref="Delivery.Reliable"/>, the only one for events that are answered.</summary>
    public Delivery Delivery { get; set; }
}
