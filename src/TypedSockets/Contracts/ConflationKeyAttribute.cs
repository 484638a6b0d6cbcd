namespace TypedSockets;

/// <summary>
/// Marks a parameter of an event with <see cref="Delivery.Latest"/> as part of its key: a waiting event is replaced only by one whose key parameters all have the same values. Without any, an
/// event has one key, and each replaces the one before. The types are those whose values are equal exactly when their bytes are: booleans, integers, characters, strings, enums,
/// <see cref="Guid"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="TimeSpan"/>, and what may be null of these.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ConflationKeyAttribute : Attribute;
