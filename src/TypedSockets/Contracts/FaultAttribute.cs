namespace TypedSockets;

/// <summary>
/// Declares a fault that the handler of an event may end with: it throws <see cref="FaultException{T}"/>, and the caller catches <see cref="RemoteFaultException{T}"/> with the same
/// value. Several are allowed; each has a name of its own. Only for events that are answered.
/// </summary>
/// <remarks>Declaring one more breaks no deployed peer: an older caller gets a <see cref="RemoteException"/> with the fault's name.</remarks>
/// <typeparam name="T">What the caller is told; it travels as any payload does.</typeparam>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class FaultAttribute<T> : Attribute
    where T : notnull
{
    /// <summary>Gives the fault its type's name, without type arguments.</summary>
    public FaultAttribute()
    {
    }

    /// <summary>Gives the fault a wire name of its own.</summary>
    /// <param name="name">The name on the wire; 1 to 128 characters. Keep it when the type is renamed, and old peers go on understanding the fault.</param>
    public FaultAttribute(string name) => Name = name;

    /// <summary>The name on the wire; null for that of the type.</summary>
    public string? Name { get; }
}
