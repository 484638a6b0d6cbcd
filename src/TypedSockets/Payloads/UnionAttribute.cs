namespace TypedSockets;

/// <summary>
/// Names one of the types that an interface or class stands for. Each has a number that stands for it on the wire, and is never given to another one. MessagePack-CSharp's attribute
/// of the same name counts as this one.
/// </summary>
/// <param name="key">The number.</param>
/// <param name="type">The type; it derives from the one that has the attribute.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class UnionAttribute(int key, Type type) : Attribute
{
    /// <summary>The number that stands for the type.</summary>
    public int Key { get; } = key;

    /// <summary>The type.</summary>
    public Type Type { get; } = type;
}
