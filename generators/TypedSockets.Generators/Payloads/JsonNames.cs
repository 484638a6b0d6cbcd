using System.Linq;

namespace TypedSockets.Generators.Payloads;

/// <summary>The names of members in text formats: those that System.Text.Json's web defaults give them.</summary>
internal static class JsonNames
{
    /// <summary>Begins a name in lower case: <c>Id</c> becomes <c>id</c>, <c>URLOfPage</c> becomes <c>urlOfPage</c>.</summary>
    public static string CamelCase(string name)
    {
        var letters = name.ToCharArray();
        for (var index = 0; index < letters.Length && char.IsUpper(letters[index]); index++)
        {
            // The last of several capitals begins the next word.
            if (index > 0 && index + 1 < letters.Length && !char.IsUpper(letters[index + 1]))
            {
                break;
            }

            letters[index] = char.ToLowerInvariant(letters[index]);
        }

        return new string(letters);
    }

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
