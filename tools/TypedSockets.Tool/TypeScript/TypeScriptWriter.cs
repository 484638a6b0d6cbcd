using System.Text;

namespace TypedSockets.Tool.TypeScript;

/// <summary>Text that is indented, with comments.</summary>
internal sealed class TypeScriptWriter
{
    private const string Indentation = "  ";

    private readonly StringBuilder _text = new();
    private int _level;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Insert(_text.Length, Indentation, _level).Append(text);
        }

        _text.Append('\n');
    }

    public void Open(string text)
    {
        Line(text);
        _level++;
    }

    public void Close(string? text = null)
    {
        _level--;
        if (text is not null)
        {
            Line(text);
        }
    }

    /// <summary>Writes a JSDoc comment; nothing when there are no lines.</summary>
    public void Comment(IReadOnlyList<string> lines)
    {
        var safe = lines.Select(static line => line.Replace("*/", "*\\/", StringComparison.Ordinal)).ToList();
        if (safe.Count == 1)
        {
            Line($"/** {safe[0]} */");
        }
        else if (safe.Count > 1)
        {
            Line("/**");
            foreach (var line in safe)
            {
                Line(line.Length == 0 ? " *" : " * " + line);
            }

            Line(" */");
        }
    }

    public override string ToString() => _text.ToString();
}
