using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace TypedSockets.Generators.Incremental;

/// <summary>Writes indented C# with LF line ends, whatever machine it runs on.</summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StringBuilder _text = new();
    private int _level;

    /// <summary>Writes one or more lines at the current level; an empty one stays empty.</summary>
    public void Write(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var text = line.TrimEnd('\r');
            if (text.Length > 0)
            {
                _text.Append(' ', _level * SpacesPerLevel).Append(text);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes an empty line.</summary>
    public void Separate() => _text.Append('\n');

    /// <summary>Writes <paramref name="header"/> and opens its block.</summary>
    public void Open(string header)
    {
        Write(header);
        Write("{");
        _level++;
    }

    /// <summary>Closes the innermost block.</summary>
    public void Close()
    {
        _level--;
        Write("}");
    }

    /// <summary>Begins what belongs to the line before, one level deeper.</summary>
    public void Indent() => _level++;

    /// <summary>Ends what <see cref="Indent"/> began.</summary>
    public void Outdent() => _level--;

    public SourceText ToSourceText() => SourceText.From(_text.ToString(), s_utf8);
}
