namespace TypedSockets;

/// <summary>Hands over how a type, or one member or parameter, is serialized.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter,
    Inherited = false)]
public sealed class PayloadFormatterAttribute : Attribute
{
    /// <summary>The program registers a formatter for the type with <see cref="Formats.PayloadFormatters"/> before the first value travels.</summary>
    public PayloadFormatterAttribute()
    {
    }

    /// <summary>The codec is known when the contract is compiled.</summary>
    /// <param name="formatter">A struct that implements <see cref="Events.IPayloadCodec{T}"/> of the type; for a generic type it may be one of as many type parameters.</param>
    public PayloadFormatterAttribute(Type formatter) => Formatter = formatter;

    /// <summary>The codec; null when the program registers a formatter.</summary>
    public Type? Formatter { get; }
}
