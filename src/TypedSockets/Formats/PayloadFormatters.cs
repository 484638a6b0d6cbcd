namespace TypedSockets.Formats;

/// <summary>The formatters of types that are marked <see cref="PayloadFormatterAttribute"/> without naming a codec. Safe for concurrent use.</summary>
public static class PayloadFormatters
{
    /// <summary>Registers the formatter of a type for the whole process, in place of an earlier one. Do so before the first value travels.</summary>
    public static void Use<T>(IPayloadFormatter<T> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Slot<T>.Formatter = formatter;
    }

    internal static IPayloadFormatter<T> Get<T>() =>
        Slot<T>.Formatter ?? throw new InvalidOperationException($"No formatter is registered for '{typeof(T)}'. Call PayloadFormatters.Use before the first value travels.");

    private static class Slot<T>
    {
        public static volatile IPayloadFormatter<T>? Formatter;
    }
}
