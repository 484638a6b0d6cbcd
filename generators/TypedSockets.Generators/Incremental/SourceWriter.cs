using System;
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
    private bool _isBehindBlock;

    /// <summary>Writes one or more lines at the current level. An empty line comes between them and a block that was closed just before, unless they go on with it.</summary>
    public void Write(string lines)
    {
        if (_isBehindBlock && lines is not ("}" or "else") && !lines.StartsWith("catch ", StringComparison.Ordinal))
        {
            Separate();
        }

        _isBehindBlock = false;
        for (var start = 0; start <= lines.Length;)
        {
            var end = lines.IndexOf('\n', start);
            end = end < 0 ? lines.Length : end;
            _text.Append(' ', _level * SpacesPerLevel).Append(lines, start, end - start).Append('\n');
            start = end + 1;
        }
    }

    /// <summary>Writes an empty line.</summary>
    public void Separate()
    {
        _isBehindBlock = false;
        _text.Append('\n');
    }

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
        _isBehindBlock = true;
    }

    /// <summary>Begins what belongs to the line before, one level deeper.</summary>
    public void Indent() => _level++;

    /// <summary>Ends what <see cref="Indent"/> began.</summary>
    public void Outdent() => _level--;

    public SourceText ToSourceText() => SourceText.From(_text.ToString(), s_utf8);
}
