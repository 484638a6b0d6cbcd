namespace TypedSockets;

/// <summary>
/// The string is short and comes up often, such as the name of a room: the reader may return one that it has read before instead of a new one. Nothing changes on the wire. All
/// connections of the process share what was read before, so this is not for secrets.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class InternedAttribute : Attribute;
