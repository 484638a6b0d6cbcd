namespace TypedSockets;

/// <summary>
/// Marks the parameter by which the handlers of a <see cref="Concurrency.Keyed"/> event take turns: those with equal keys run one after the other, whichever event of the contract they
/// are of, others beside each other. Keys are equal when they are of one type and equal; strings are compared ordinally.
/// </summary>
/// <remarks>For <c>string</c>, <c>char</c>, <c>bool</c>, integers of up to 64 bits, enums and <c>Guid</c>.</remarks>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ConcurrencyKeyAttribute : Attribute;
