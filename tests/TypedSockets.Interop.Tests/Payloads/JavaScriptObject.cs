using System.Globalization;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>ECMA-262, "OrdinaryOwnPropertyKeys": names that are array indices come first, in the order of their numbers.</summary>
internal static class JavaScriptObject
{
    public static IReadOnlyList<T> Sort<T>(IReadOnlyCollection<T> entries, Func<T, string> keyOf) =>
        [.. entries.Where(entry => Index(keyOf(entry)) is not null).OrderBy(entry => Index(keyOf(entry))), .. entries.Where(entry => Index(keyOf(entry)) is null)];

    private static uint? Index(string key) =>
        uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < uint.MaxValue && index.ToString(CultureInfo.InvariantCulture) == key ? index : null;
}
