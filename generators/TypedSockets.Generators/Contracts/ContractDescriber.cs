using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Payloads;
using TypedSockets.Protocol.Shapes;

namespace TypedSockets.Generators.Contracts;

/// <summary>
/// Describes what a contract looks like on the wire, for contracts.lock and for a peer whose build differs (docs/guides/versioning.md): unlike the texts of
/// <see cref="Fingerprint"/> it has the names of parameters, members and types, and says what a reader needs. <see cref="DescriptionReader"/> reads it.
/// </summary>
internal sealed class ContractDescriber(PayloadParser payloads)
{
    private const string Item = "\n  ";
    private const string Member = "\n    ";
    private const string Global = "global::";

    private static readonly HashSet<string> s_simple = new(
        Enum.GetNames(typeof(Scalar)).Concat(["BigInteger", "Complex", "Custom", "Int128", "Rune", "UInt128", "Uri", "Version", EventDescription.Acknowledgement]),
        StringComparer.Ordinal);

    private readonly Dictionary<string, CodecModel> _codecs = payloads.Codecs.ToDictionary(static codec => codec.Name, StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    /// <summary>How a type is called in a description.</summary>
    public static string NameOf(string type)
    {
        var name = type.Replace(Global, "");
        return s_simple.Contains(name) ? "@" + name : name;
    }

    /// <summary>Returns the description: lines without an end of the last one.</summary>
    public string Describe(string name, string ns, AuthenticationModel? authentication, IEnumerable<EventModel> serverEvents, IEnumerable<EventModel> clientEvents)
    {
        _text.Append($"contract {name} {DescriptionLine.Quote(ns)}");
        if (authentication is not null)
        {
            _text.Append($"{Item}auth {Describe(_codecs[authentication.Codec])}");
            _text.Append(authentication.RefusalCodec is { } refusal ? $"{Item}refusal {Describe(_codecs[refusal])}" : "");
        }

        Describe(EventKey.Server, serverEvents);
        Describe(EventKey.Client, clientEvents);
        foreach (var type in _types.Values)
        {
            _text.Append(type);
        }

        return _text.ToString();
    }

    private void Describe(string direction, IEnumerable<EventModel> events)
    {
        foreach (var item in events)
        {
            var parameters = item.Parameters.Select(parameter => parameter.StreamCodec is null
                ? $"{parameter.Name}: {Describe(parameter.Value)}{Need(parameter.Value, parameter.Default)}"
                : $"{parameter.Name}: {EventDescription.Stream}{Describe(parameter.Value)}");
            _text.Append($"{Item}{direction} {DescriptionLine.WriteEventName(item.WireName)}({string.Join(", ", parameters)})");
            if (item.Answer != AnswerKind.None)
            {
                _text.Append($" -> {(item.Answer == AnswerKind.Stream ? EventDescription.Stream : "")}{(item.Result is { } result ? Describe(result) : EventDescription.Acknowledgement)}");
            }

            if (item.Faults.Count > 0)
            {
                _text.Append($"{EventDescription.FaultsWord}({string.Join(", ", item.Faults.Select(fault => $"{DescriptionLine.Quote(fault.Name)}: {Describe(fault.Value)}"))})");
            }
        }
    }

    private string Describe(ValueModel value)
    {
        var text = value switch
        {
            { Conversion: Conversion.Enum } => DescribeEnum(value),
            { Codec: { } codec } => Describe(_codecs[codec]),
            _ => value.Scalar.ToString(),
        };
        return value.IsNullable ? text + "?" : text!;
    }

    private string Describe(CodecModel codec)
    {
        switch (codec)
        {
            case ObjectCodecModel { Layout: ObjectLayout.Tuple } tuple:
                return $"({string.Join(", ", tuple.Members.Select(member => Describe(member.Value) + Need(member.Value, member.Default)))})";
            case ObjectCodecModel type:
                return DescribeObject(type);
            case UnionCodecModel union:
                return DescribeUnion(union);
            case SequenceCodecModel sequence:
                return $"[{Describe(sequence.Element)}]";
            case GridCodecModel grid:
                return $"[{new string(',', grid.Rank - 1)}{Describe(grid.Element)}]";
            case MapCodecModel map:
                return $"{{{Describe(map.Key)}:{Describe(map.Value)}}}";
            case ExistingCodecModel existing:
                return existing.Shape;
            case EnumCodecModel type:
                return DescribeEnum(type.Value);
            case ValueCodecModel wrapper:
                return Describe(wrapper.Value);
            default:
                throw new InvalidOperationException($"Codec '{codec.Name}' is of an unknown kind.");
        }
    }

    private string DescribeObject(ObjectCodecModel type)
    {
        // A type may be one of the union that it is the base of.
        var isOfItself = _codecs.Values.Any(codec => codec is UnionCodecModel && codec.Type == type.Type);
        var name = NameOf(type.Type) + (isOfItself ? "#itself" : "");
        if (_types.ContainsKey(name))
        {
            return name;
        }

        // Known before its members are, so that it may contain itself.
        _types.Add(name, "");
        var isMap = type.Layout is ObjectLayout.Names;
        var text = new StringBuilder($"{Item}{DescriptionReader.WordOf(isMap ? ShapeKind.Map : ShapeKind.Object)} {name}");
        var place = 0;
        foreach (var member in isMap ? type.Members.OrderBy(static member => member.BinaryName, StringComparer.Ordinal) : type.Members.AsEnumerable())
        {
            for (; !isMap && place < member.Position; place++)
            {
                text.Append($"{Member}-");
            }

            place++;
            var need = member is { IsRead: true, IsInitialized: false } ? Need(member.Value, member.Default) : "";
            text.Append(Member).Append(isMap ? DescriptionLine.Quote(member.BinaryName!) + " " : "").Append($"{member.Name}: {Describe(member.Value)}{need}");
            text.Append(member.TextName == TextNames.CamelCase(member.Name) ? "" : DescriptionLine.WriteTextName(member.TextName ?? ""));
        }

        _types[name] = text.ToString();
        return name;
    }

    private string DescribeUnion(UnionCodecModel union)
    {
        var name = NameOf(union.Type);
        if (!_types.ContainsKey(name))
        {
            _types.Add(name, "");
            var text = new StringBuilder($"{Item}{DescriptionReader.WordOf(ShapeKind.Union)} {name}");
            foreach (var item in union.Cases.OrderBy(static item => item.Key))
            {
                text.Append(FormattableString.Invariant($"{Member}{item.Key} {Describe(item.Value)}"));
                var textKey = item.TextKey.Trim('"');
                text.Append(textKey == FormattableString.Invariant($"{item.Key}") ? "" : DescriptionLine.WriteTextName(textKey));
            }

            _types[name] = text.ToString();
        }

        return name;
    }

    private string DescribeEnum(ValueModel value)
    {
        var name = NameOf(value.NonNullType);
        if (!_types.ContainsKey(name))
        {
            var textNames = (_codecs.Values.OfType<EnumCodecModel>().FirstOrDefault(codec => codec.Type == value.NonNullType)?.Members ?? [])
                .ToDictionary(static member => member.Name, static member => member.TextName, StringComparer.Ordinal);
            var text = new StringBuilder($"{Item}{DescriptionReader.WordOf(ShapeKind.Enum)} {name}: {value.Scalar}");
            foreach (var field in payloads.Types[value.NonNullType].GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue))
            {
                text.Append(FormattableString.Invariant($"{Member}{field.Name} = {field.ConstantValue}"));
                text.Append(textNames.TryGetValue(field.Name, out var textName) ? DescriptionLine.WriteTextName(textName) : "");
            }

            _types.Add(name, text.ToString());
        }

        return name;
    }

    // Who reads it has a default of the parameter or the member, null, or the default of a value type, where a peer that does not know it sends nothing.
    private static string Need(ValueModel value, string? defaultValue) => value.IsNullable || value.IsValueType || defaultValue is not null ? "" : "!";
}
