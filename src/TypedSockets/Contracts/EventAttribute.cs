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

    /// <summary>What becomes of the event while the other end reads too slowly. Default <see cref="Delivery.Reliable"/>, the only one for events that are answered.</summary>
    public Delivery Delivery { get; set; }
}
