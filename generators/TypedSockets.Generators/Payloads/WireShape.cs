using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TypedSockets.Generators.Payloads;

/// <summary>Describes what a value looks like on the wire, in the notation of <see cref="Contracts.Fingerprint"/>.</summary>
internal sealed class WireShape(IEnumerable<CodecModel> codecs)
{
    private readonly Dictionary<string, CodecModel> _codecs = codecs.ToDictionary(static codec => codec.Name, StringComparer.Ordinal);
    private readonly List<string> _enclosing = [];

    public string Describe(ValueModel value)
    {
        var shape = value.Codec is { } codec ? Describe(_codecs[codec]) : value.Scalar.ToString();
        return value.IsNullable ? shape + "?" : shape;
    }

    private string Describe(CodecModel codec)
    {
        switch (codec)
        {
            case ObjectCodecModel type:
                var level = _enclosing.LastIndexOf(type.Name);
                if (level >= 0)
                {
                    return "^" + (_enclosing.Count - level).ToString(CultureInfo.InvariantCulture);
                }

                _enclosing.Add(type.Name);
                var members = type.Layout == ObjectLayout.Names ? DescribeNamed(type) : DescribePositions(type);
                _enclosing.RemoveAt(_enclosing.Count - 1);
                return $"({members})";
            case UnionCodecModel union:
                return $"<{string.Join("|", union.Cases.OrderBy(static item => item.Key).Select(item => FormattableString.Invariant($"{item.Key}:{Describe(item.Value)}")))}>";
            case SequenceCodecModel sequence:
                return $"[{Describe(sequence.Element)}]";
            case GridCodecModel grid:
                return $"[{new string(',', grid.Rank - 1)}{Describe(grid.Element)}]";
            case MapCodecModel map:
                return $"{{{Describe(map.Key)}:{Describe(map.Value)}}}";
            case EnumCodecModel type:
                return type.Value.Scalar.ToString()!;
            case ExistingCodecModel existing:
                return existing.Shape;
            case ValueCodecModel wrapper:
                return Describe(wrapper.Value);
            default:
                throw new InvalidOperationException($"Codec '{codec.Name}' is of an unknown kind.");
        }
    }

    // Nothing stands where positions have a gap.
    private string DescribePositions(ObjectCodecModel type)
    {
        var places = new string[type.Members.Select(static member => member.Position + 1).DefaultIfEmpty().Max()];
        foreach (var member in type.Members)
        {
            places[member.Position] = Describe(member.Value);
        }

        return string.Join(",", places);
    }

    // The order of names does not count.
    private string DescribeNamed(ObjectCodecModel type) =>
        string.Join(",", type.Members.OrderBy(static member => member.BinaryName, StringComparer.Ordinal).Select(member => $"{member.BinaryName}={Describe(member.Value)}"));
}
