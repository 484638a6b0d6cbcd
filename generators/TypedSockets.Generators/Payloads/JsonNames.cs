using System.Linq;

namespace TypedSockets.Generators.Payloads;

/// <summary>What the names of members in text formats may be.</summary>
internal static class JsonNames
{
    /// <summary>Says why a name cannot be one; null when it can. A format writes names as they are, without escaping anything.</summary>
    public static string? FindProblem(string name)
    {
        if (name.Any(static character => character is '"' or '\\' || char.IsControl(character)))
        {
            return "has a quotation mark, a backslash or a control character";
        }

        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsSurrogatePair(name, index))
            {
                index++;
            }
            else if (char.IsSurrogate(name[index]))
            {
                return "has half of a surrogate pair";
            }
        }

        return null;
    }
}
