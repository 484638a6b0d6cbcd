using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TypedSockets.Tool.Documentation;

/// <summary>Turns the XML of a documentation comment into the Markdown that editors show for JSDoc.</summary>
/// <param name="nameOf">Returns what a type is called in the file, by its documentation id; null when it is not there.</param>
internal sealed partial class DocumentationText(Func<string, string?> nameOf)
{
    /// <summary>Returns the lines of an element's text; none when there is no element.</summary>
    public IReadOnlyList<string> Lines(XElement? element)
    {
        if (element is null)
        {
            return [];
        }

        var text = new StringBuilder();
        Append(text, element);
        var lines = text.ToString().Split('\n').Select(static line => line.Trim(' ')).SkipWhile(static line => line.Length == 0).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        // Paragraphs and lists each ask for a line between them and what is around them: one is enough.
        return [.. lines.Where((line, index) => line.Length > 0 || lines[index - 1].Length > 0).Select(static line => line.Replace('\u00a0', ' '))];
    }

    private void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText plain:
                    text.Append(Blanks().Replace(plain.Value, " "));
                    break;
                case XElement child:
                    AppendElement(text, child);
                    break;
            }
        }
    }

    private void AppendElement(StringBuilder text, XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "c":
                text.Append('`').Append(element.Value).Append('`');
                break;
            case "paramref" or "typeparamref":
                text.Append('`').Append(element.Attribute("name")?.Value).Append('`');
                break;
            case "see" or "seealso":
                AppendReference(text, element);
                break;
            case "para":
                text.Append("\n\n");
                Append(text, element);
                text.Append("\n\n");
                break;
            case "br":
                text.Append('\n');
                break;
            case "code":
                AppendCode(text, element.Value);
                break;
            case "list":
                text.Append("\n\n");
                foreach (var item in element.Elements("item"))
                {
                    AppendItem(text, item);
                }

                text.Append('\n');
                break;
            default:
                Append(text, element);
                break;
        }
    }

    private void AppendReference(StringBuilder text, XElement element)
    {
        if (element.Attribute("cref")?.Value is { } id)
        {
            text.Append(nameOf(id) is { } name ? $"{{@link {name}}}" : element.IsEmpty ? $"`{ShortName(id)}`" : element.Value);
        }
        else if (element.Attribute("href")?.Value is { } address)
        {
            text.Append(element.IsEmpty ? address : $"[{element.Value}]({address})");
        }
        else
        {
            text.Append('`').Append(element.Attribute("langword")?.Value ?? element.Value).Append('`');
        }
    }

    private void AppendItem(StringBuilder text, XElement item)
    {
        text.Append("- ");
        if (item.Element("term") is { } term)
        {
            Append(text, term);
            text.Append(": ");
        }

        Append(text, item.Element("description") ?? item);
        text.Append('\n');
    }

    private static void AppendCode(StringBuilder text, string code)
    {
        var lines = code.Split('\n').Select(static line => line.TrimEnd()).ToList();
        var isText = static (string line) => line.Length > 0;
        var first = lines.FindIndex(line => isText(line));
        var indentation = lines.Where(isText).Select(static line => line.Length - line.TrimStart(' ').Length).DefaultIfEmpty().Min();
        text.Append("\n\n```\n");
        foreach (var line in lines.Take(lines.FindLastIndex(line => isText(line)) + 1).Skip(first))
        {
            // Blanks at the beginning of a line would be lost as those of the comment are.
            var trimmed = line.TrimStart(' ');
            text.Append('\u00a0', Math.Max(0, line.Length - trimmed.Length - indentation)).Append(trimmed).Append('\n');
        }

        text.Append("```\n\n");
    }

    // "M:Chat.ChatRules.Normalize(System.String)" is ChatRules.Normalize, and "T:Chat.Page`1" is Page.
    private static string ShortName(string id)
    {
        var path = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0].Split('.');
        return string.Join(".", path.TakeLast(id[0] == 'T' ? 1 : 2).Select(static part => part.Split('`')[0]));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
