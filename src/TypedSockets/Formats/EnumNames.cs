using System.Globalization;

namespace TypedSockets.Formats;

/// <summary>The names under which the values of an enum travel in text. Immutable.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class EnumNames<T> where T : struct, Enum
{
    private readonly Dictionary<T, string> _names = [];
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _valuesIgnoringCase = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the table.</summary>
    /// <param name="members">Each value once.</param>
    public EnumNames(params ReadOnlySpan<(string Name, T Value)> members)
    {
        foreach (var (name, value) in members)
        {
            _names.TryAdd(value, name);
            _values.TryAdd(name, value);
            _valuesIgnoringCase.TryAdd(name, value);
        }
    }

    /// <summary>Returns the name of a value; null when it has none, as a combination of flags has not.</summary>
    public string? Find(T value) => _names.GetValueOrDefault(value);

    /// <summary>Returns the value that a text names, in any case, or gives as a number, as it does where it is the key of a map.</summary>
    /// <exception cref="PayloadException">The text is neither.</exception>
    public T Parse(string text)
    {
        if (_values.TryGetValue(text, out var value) || _valuesIgnoringCase.TryGetValue(text, out value))
        {
            return value;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && IsInRange(number))
        {
            return (T)Enum.ToObject(typeof(T), number);
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large) && Enum.GetUnderlyingType(typeof(T)) == typeof(ulong)
            ? (T)Enum.ToObject(typeof(T), large)
            : throw new PayloadException($"A text of {text.Length} characters is not one of the names of '{typeof(T)}'.");
    }

    private static bool IsInRange(long number) => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.SByte => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        TypeCode.Byte => number is >= byte.MinValue and <= byte.MaxValue,
        TypeCode.Int16 => number is >= short.MinValue and <= short.MaxValue,
        TypeCode.UInt16 => number is >= ushort.MinValue and <= ushort.MaxValue,
        TypeCode.Int32 => number is >= int.MinValue and <= int.MaxValue,
        TypeCode.UInt32 => number is >= uint.MinValue and <= uint.MaxValue,
        TypeCode.UInt64 => number >= 0,
        _ => true,
    };
}
