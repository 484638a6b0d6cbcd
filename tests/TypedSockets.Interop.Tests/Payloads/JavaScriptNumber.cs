using System.Globalization;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>ECMA-262, "Number::toString".</summary>
internal static class JavaScriptNumber
{
    public const double MaxSafeInteger = 9007199254740991;

    public static bool IsSafeInteger(double value) => Math.Abs(value) <= MaxSafeInteger && Math.Floor(value) == value;

    public static string ToText(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        // The shortest digits that come back as the same number, and where its point stands among them.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var shortest = digits.Trim('0');
        var point = parts[0].Split('.')[0].Length + exponent - (digits.Length - digits.TrimStart('0').Length);
        var text = point switch
        {
            > 21 or < -5 => $"{shortest[0]}{(shortest.Length > 1 ? "." + shortest[1..] : "")}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}",
            <= 0 => "0." + new string('0', -point) + shortest,
            _ when shortest.Length <= point => shortest + new string('0', point - shortest.Length),
            _ => shortest[..point] + "." + shortest[point..],
        };
        return value < 0 ? "-" + text : text;
    }
}
