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
                var members = string.Join(",", type.Members.Select(member => Describe(member.Value)));
                _enclosing.RemoveAt(_enclosing.Count - 1);
                return $"({members})";
            case SequenceCodecModel sequence:
                return $"[{Describe(sequence.Element)}]";
            case MapCodecModel map:
                return $"{{{Describe(map.Key)}:{Describe(map.Value)}}}";
            case ValueCodecModel wrapper:
                return Describe(wrapper.Value);
            default:
                throw new InvalidOperationException($"Codec '{codec.Name}' is of an unknown kind.");
        }
    }
}
