namespace TypedSockets.Protocol.Shapes;

/// <summary>The names of members in text formats where no attribute gives another: those of System.Text.Json's web defaults.</summary>
internal static class TextNames
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
}
