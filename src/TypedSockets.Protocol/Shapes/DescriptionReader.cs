using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedSockets.Protocol.Shapes;

/// <summary>
/// Reads the description of a contract. What a later version of the framework may add is passed over: lines whose first word is unknown with the lines below them, and words
/// behind a value or an answer. Depth is limited, since a peer's text comes from a stranger.
/// </summary>
internal sealed class DescriptionReader
{
    private const string ContractWord = "contract";
    private const string GapWord = "-";

    private static readonly ShapeKind[] s_kinds = [ShapeKind.Object, ShapeKind.Map, ShapeKind.Union, ShapeKind.Enum];

    private readonly Dictionary<EventKey, EventDescription> _events = [];
    private readonly Dictionary<string, TypeDescription> _types = new(StringComparer.Ordinal);
    private ValueDescription? _auth;
    private ValueDescription? _refusal;

    // The type whose members are being read; null where they are passed over.
    private OpenType? _open;

    private DescriptionReader()
    {
    }

    /// <summary>Whether a line begins a contract.</summary>
    public static bool IsHead(string line) => line.StartsWith(ContractWord + " ", StringComparison.Ordinal);

    /// <exception cref="FormatException">The text is no description of a contract; the message names the line.</exception>
    public static ContractDescription Read(string text)
    {
        var lines = text.Split('\n');
        var reader = new DescriptionReader();
        var (name, ns) = InLine(lines[0], 1, static line => IsHead(line.Text)
            ? (line.Skip(ContractWord.Length + 1).ReadName(), line.Skip(1).ReadQuoted())
            : throw line.Unexpected($"'{ContractWord}'"));
        for (var index = 1; index < lines.Length; index++)
        {
            if (lines[index].Trim().Length > 0)
            {
                InLine(lines[index], index + 1, reader.ReadItem);
            }
        }

        reader.Finish();
        return new ContractDescription(name, ns, reader._auth, reader._refusal, reader._events, reader._types);
    }

    private static T InLine<T>(string line, int number, Func<DescriptionLine, T> read)
    {
        try
        {
            return read(new DescriptionLine(line.TrimEnd('\r')));
        }
        catch (FormatException exception)
        {
            throw new FormatException(FormattableString.Invariant($"line {number}: {exception.Message}"), exception);
        }
    }

    private bool ReadItem(DescriptionLine line)
    {
        if (line.Indentation > DescriptionLine.ItemIndentation)
        {
            ReadMember(line);
            return true;
        }

        Finish();
        switch (line.ReadWord())
        {
            case EventKey.Server:
                ReadEvent(line.Skip(1), isServerEvent: true);
                break;
            case EventKey.Client:
                ReadEvent(line.Skip(1), isServerEvent: false);
                break;
            case "auth":
                _auth = line.Skip(1).ReadValue();
                break;
            case "refusal":
                _refusal = line.Skip(1).ReadValue();
                break;
            case { } word:
                foreach (var kind in s_kinds.Where(kind => WordOf(kind) == word))
                {
                    _open = new OpenType(line.Skip(1).ReadName(), kind) { Underlying = kind is ShapeKind.Enum ? line.Skip(2).ReadValue() : null };
                }

                break;
        }

        return true;
    }

    /// <summary>The word that begins the description of a type.</summary>
    public static string WordOf(ShapeKind kind) => kind switch
    {
        ShapeKind.Object => "object",
        ShapeKind.Map => "map",
        ShapeKind.Union => "union",
        _ => "enum",
    };

    private void ReadEvent(DescriptionLine line, bool isServerEvent)
    {
        var key = new EventKey(isServerEvent, line.ReadEventName());
        var parameters = line.ReadFields();
        var answer = line.TryTake(" -> ") ? line.ReadValue() : null;
        var result = answer?.Text == EventDescription.Acknowledgement ? null : answer;
        _events[key] = new EventDescription(parameters, answer is not null, result, line.TryTake(EventDescription.FaultsWord) ? line.ReadFaults() : []);
    }

    private void ReadMember(DescriptionLine line)
    {
        switch (_open)
        {
            case null:
                break;
            case { Kind: ShapeKind.Object } when line.Text.Trim() == GapWord:
                _open.Members.Add(null);
                break;
            case { Kind: ShapeKind.Object }:
                _open.Members.Add(WithTextName(line.ReadField()));
                break;
            case { Kind: ShapeKind.Map }:
                var key = line.ReadQuoted();
                _open.Members.Add(WithTextName(line.Skip(1).ReadField()) with { Key = key });
                break;
            case { Kind: ShapeKind.Union }:
                var number = line.ReadWord();
                var item = line.Skip(1).ReadUnnamed();
                _open.Members.Add(item with { Key = number, TextName = item.TextName ?? number });
                break;
            default:
                var name = line.ReadWord();
                _open.Numbers[name] = line.TryTake(" = ") ? line.ReadWord() : throw line.Unexpected("' = '");
                if (line.ReadTextName() is { } textName)
                {
                    _open.TextNames[name] = textName;
                }

                break;
        }
    }

    private static FieldDescription WithTextName(FieldDescription field) => field with { TextName = field.TextName ?? TextNames.CamelCase(field.Name) };

    private void Finish()
    {
        if (_open is { } type)
        {
            _types[type.Name] = new TypeDescription(type.Kind, type.Underlying, type.Members, type.Numbers, type.TextNames);
        }

        _open = null;
    }

    private sealed class OpenType(string name, ShapeKind kind)
    {
        public string Name { get; } = name;

        public ShapeKind Kind { get; } = kind;

        public ValueDescription? Underlying { get; set; }

        public List<FieldDescription?> Members { get; } = [];

        public Dictionary<string, string> Numbers { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> TextNames { get; } = new(StringComparer.Ordinal);
    }
}
