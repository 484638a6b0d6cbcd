using System;
using System.Collections.Generic;
using System.Text;

namespace TypedSockets.Protocol.Shapes;

/// <summary>Reads one line of a contract's description, from the first character that is no space.</summary>
internal sealed class DescriptionLine
{
    /// <summary>How far the parts of a contract are indented; what is indented further belongs to the type above.</summary>
    public const int ItemIndentation = 2;

    private const string TextNameWord = "json";
    private const string HiddenWord = "hidden";

    // No honest value is nested as deeply.
    private const int MaxDepth = 64;

    private int _position;
    private int _depth;

    public DescriptionLine(string text)
    {
        Text = text;
        Indentation = text.Length - text.TrimStart(' ').Length;
        _position = Indentation;
    }

    public string Text { get; }

    public int Indentation { get; }

    private char Next => _position < Text.Length ? Text[_position] : '\0';

    /// <summary>Quotes a name where it would be taken for something else.</summary>
    public static string Quote(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var character in name)
        {
            text.Append(character is '"' or '\\' ? "\\" : "").Append(character);
        }

        return text.Append('"').ToString();
    }

    /// <summary>Writes the wire name of an event: as it is if it is a plain word.</summary>
    public static string WriteEventName(string name)
    {
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '-' or '.' or ':'))
            {
                return Quote(name);
            }
        }

        return name;
    }

    /// <summary>Writes what a name in text formats looks like behind a field.</summary>
    /// <param name="name">The name; empty for none.</param>
    public static string WriteTextName(string name) => name.Length == 0 ? " " + HiddenWord : $" {TextNameWord} {Quote(name)}";

    public DescriptionLine Skip(int count)
    {
        _position = Math.Min(_position + count, Text.Length);
        return this;
    }

    public bool TryTake(string text)
    {
        if (string.CompareOrdinal(Text, _position, text, 0, text.Length) != 0)
        {
            return false;
        }

        _position += text.Length;
        return true;
    }

    /// <summary>Reads up to the next space, or to the end.</summary>
    public string ReadWord() => ReadWhile(static character => character != ' ');

    /// <summary>Reads the name of a type; what stands between angle brackets belongs to it.</summary>
    public string ReadName()
    {
        var depth = 0;
        return ReadWhile(character =>
        {
            depth += character is '<' ? 1 : character is '>' ? -1 : 0;
            return depth > 0 || character is not (' ' or ',' or ')' or ']' or '}' or ':' or '?' or '!');
        });
    }

    public string ReadEventName() => Next == '"' ? ReadQuoted() : ReadWhile(static character => character != '(');

    public string ReadQuoted()
    {
        if (!TryTake("\""))
        {
            throw Unexpected("'\"'");
        }

        var text = new StringBuilder();
        for (; Next != '"'; _position++)
        {
            if (_position >= Text.Length)
            {
                throw Unexpected("'\"'");
            }

            if (Next == '\\')
            {
                _position++;
            }

            text.Append(Next);
        }

        _position++;
        return text.ToString();
    }

    /// <summary>Reads fields between parentheses.</summary>
    public IReadOnlyList<FieldDescription> ReadFields() => ReadList('(', ')', ReadField);

    /// <summary>Reads fields between parentheses whose names are quoted, and are their keys.</summary>
    public IReadOnlyList<FieldDescription> ReadFaults() => ReadList('(', ')', () =>
    {
        var name = ReadQuoted();
        return TryTake(": ") ? ReadUnnamed() with { Key = name, Name = name } : throw Unexpected("': '");
    });

    /// <summary>Reads <c>name: value</c> and what stands behind it.</summary>
    public FieldDescription ReadField()
    {
        var name = ReadWhile(static character => character is not (':' or ' '));
        return TryTake(": ") ? ReadUnnamed() with { Name = name } : throw Unexpected("': '");
    }

    /// <summary>Reads a value and what stands behind it.</summary>
    public FieldDescription ReadUnnamed()
    {
        var value = ReadValue();
        var isNeeded = TryTake("!");
        return new FieldDescription("", null, value, isNeeded, ReadTextName());
    }

    /// <summary>Reads the words behind a field, of which it knows its name in text formats: empty where it has none, null where nothing is said of it.</summary>
    public string? ReadTextName()
    {
        string? textName = null;
        while (Next == ' ')
        {
            _position++;
            var word = ReadWhile(static character => character is not (' ' or ',' or ')' or '"'));
            if (TryTake(" \""))
            {
                _position--;
                var quoted = ReadQuoted();
                textName = word == TextNameWord ? quoted : textName;
            }
            else if (word == HiddenWord)
            {
                textName = "";
            }
        }

        return textName;
    }

    public ValueDescription ReadValue()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"A value is nested deeper than {MaxDepth} levels.");
        }

        var start = _position;
        var (kind, name, parts) = ReadParts();
        var isNullable = TryTake("?");
        _depth--;
        return new ValueDescription(kind, Text.Substring(start, _position - start), name, parts, isNullable);
    }

    public FormatException Unexpected(string expected) =>
        new($"{expected} is missing at column {_position + 1}.");

    private (ValueKind Kind, string Name, IReadOnlyList<FieldDescription> Parts) ReadParts()
    {
        switch (Next)
        {
            case '[':
                _position++;
                var dimensions = Next == ',' ? ReadWhile(static character => character == ',') : "";
                return (ValueKind.List, dimensions, [Close(ReadUnnamed(), ']')]);
            case '{':
                _position++;
                var key = Close(ReadUnnamed(), ':');
                return (ValueKind.Map, "", [key, Close(ReadUnnamed(), '}')]);
            case '*':
                _position++;
                return (ValueKind.Stream, "", [new FieldDescription("", null, ReadValue(), false, null)]);
            case '(':
                return (ValueKind.Tuple, "", ReadList('(', ')', ReadUnnamed));
            default:
                return (ValueKind.Named, ReadName(), []);
        }
    }

    private FieldDescription Close(FieldDescription field, char bracket) => TryTake(bracket.ToString()) ? field : throw Unexpected($"'{bracket}'");

    private List<FieldDescription> ReadList(char open, char close, Func<FieldDescription> read)
    {
        if (Next != open)
        {
            throw Unexpected($"'{open}'");
        }

        _position++;
        var items = new List<FieldDescription>();
        while (Next != close)
        {
            if (items.Count > 0 && !TryTake(", "))
            {
                throw Unexpected($"'{close}'");
            }

            items.Add(read());
        }

        _position++;
        return items;
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        var start = _position;
        while (_position < Text.Length && belongs(Text[_position]))
        {
            _position++;
        }

        return _position > start ? Text.Substring(start, _position - start) : throw Unexpected("a name");
    }
}
