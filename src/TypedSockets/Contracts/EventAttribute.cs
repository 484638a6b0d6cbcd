namespace TypedSockets;

/// <summary>Gives an event a wire name of its own. Without it the wire name is the method's name as written.</summary>
/// <param name="name">The name on the wire; 1 to 128 characters. Keep it when the method is renamed, and old peers go on understanding the event.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EventAttribute(string name) : Attribute
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;
}
