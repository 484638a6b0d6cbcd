using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>ECMA-262, "JSON.stringify" of what "JSON.parse" makes of a text, with the differences from that text that it has met.</summary>
internal sealed class JavaScriptJson
{
    /// <summary>The differences, by the names that they have in docs/protocol/payload-differences.md.</summary>
    public SortedSet<string> Differences { get; } = new(StringComparer.Ordinal);

    public string Rewrite(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Rewrite(document.RootElement, text);
        return text.ToString();
    }

    private void Rewrite(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().ToArray();
                var sorted = JavaScriptObject.Sort(members, static member => member.Name);
                if (!sorted.Select(static member => member.Name).SequenceEqual(members.Select(static member => member.Name)))
                {
                    Differences.Add("digit-keys");
                }

                Join('{', sorted, '}', text, member =>
                {
                    Quote(member.Name, text);
                    text.Append(':');
                    Rewrite(member.Value, text);
                });
                break;
            case JsonValueKind.Array:
                Join('[', [.. value.EnumerateArray()], ']', text, element => Rewrite(element, text));
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, text);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private string Number(string written)
    {
        var number = double.Parse(written, CultureInfo.InvariantCulture);
        var text = JavaScriptNumber.ToText(number);
        if (text != written)
        {
            Differences.Add(Difference(written, text));
        }

        return text;
    }

    private static string Difference(string written, string text)
    {
        if (written == "-0")
        {
            return "negative-zero";
        }

        if (written.Contains('E', StringComparison.Ordinal))
        {
            return "exponents";
        }

        var isEqual = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Parse(written, CultureInfo.InvariantCulture);
        return (isEqual, written.Contains('.', StringComparison.Ordinal)) switch
        {
            (true, _) => text.Contains('e', StringComparison.Ordinal) ? "exponents" : "decimal-zeros",
            (false, true) => "long-decimals",
            (false, false) => "large-integers",
        };
    }

    private static void Join<T>(char open, IReadOnlyList<T> items, char close, StringBuilder text, Action<T> write)
    {
        text.Append(open);
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
            {
                text.Append(',');
            }

            write(items[index]);
        }

        text.Append(close);
    }

    // ECMA-262, "QuoteJSONString".
    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            _ = unit switch
            {
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                '"' or '\\' => text.Append('\\').Append(unit),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => text.Append(unit),
            };
        }

        text.Append('"');
    }
}
