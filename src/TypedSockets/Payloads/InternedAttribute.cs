namespace TypedSockets;

/// <summary>
/// The string is short and comes up often, such as the name of a room: the reader may return one that it has read before instead of a new one. Nothing changes on the wire.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class InternedAttribute : Attribute;
