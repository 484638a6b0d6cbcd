using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedSockets.Generators.Payloads;

/// <summary>Which types contain which.</summary>
internal static class CodecGraph
{
    /// <summary>Returns the names of the codecs of objects that can contain themselves, directly or through others.</summary>
    public static HashSet<string> FindRecursive(IReadOnlyList<CodecModel> codecs)
    {
        var contents = codecs.ToDictionary(static codec => codec.Name, Contents, StringComparer.Ordinal);
        return new HashSet<string>(codecs.OfType<ObjectCodecModel>().Select(static codec => codec.Name).Where(name => Reaches(name, name, contents, [])), StringComparer.Ordinal);
    }

    private static bool Reaches(string from, string target, Dictionary<string, string[]> contents, HashSet<string> seen) =>
        contents[from].Any(next => next == target || (seen.Add(next) && Reaches(next, target, contents, seen)));

    private static string[] Contents(CodecModel codec)
    {
        var values = codec switch
        {
            ObjectCodecModel type => type.Members.Select(static member => member.Value),
            UnionCodecModel union => union.Cases.Select(static item => item.Value),
            SequenceCodecModel sequence => [sequence.Element],
            GridCodecModel grid => [grid.Element],
            MapCodecModel map => [map.Key, map.Value],
            ValueCodecModel wrapper => [wrapper.Value],
            ExistingCodecModel or EnumCodecModel => [],
            _ => throw new InvalidOperationException($"Codec '{codec.Name}' is of an unknown kind."),
        };
        return [.. values.Select(static value => value.Codec).OfType<string>()];
    }
}
