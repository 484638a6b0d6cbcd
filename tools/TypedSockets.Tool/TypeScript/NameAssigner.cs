namespace TypedSockets.Tool.TypeScript;

/// <summary>
/// Gives everything in a file a name of its own. Names that clash are all extended by what the type is nested in, then by its namespace from the inside out, so which of them was met
/// first does not count.
/// </summary>
internal static class NameAssigner
{
    /// <summary>Returns a name for each item.</summary>
    /// <param name="items">What is to be named: the name that it would have alone, and the type whose surroundings extend it.</param>
    /// <param name="isTaken">Whether nothing may be called so.</param>
    public static string[] Assign(IReadOnlyList<(string Name, Type Scope)> items, Func<string, bool> isTaken)
    {
        var names = items.Select(static item => item.Name).ToArray();
        var scopes = items.Select(static item => new Queue<string>(Scopes(item.Scope))).ToArray();
        var isExtended = true;
        while (isExtended)
        {
            isExtended = false;
            foreach (var group in Enumerable.Range(0, names.Length).GroupBy(index => names[index], StringComparer.Ordinal).Where(group => group.Count() > 1 || isTaken(group.Key)).ToList())
            {
                foreach (var index in group.Where(index => scopes[index].Count > 0))
                {
                    names[index] = scopes[index].Dequeue() + names[index];
                    isExtended = true;
                }
            }
        }

        var claimed = new HashSet<string>(StringComparer.Ordinal);
        return [.. names.Select(name => Claim(name, claimed, isTaken))];
    }

    // What tells two types apart that have the same full name is not in their names: the nullability of type arguments, or the case.
    private static string Claim(string name, HashSet<string> claimed, Func<string, bool> isTaken)
    {
        var candidate = name;
        for (var number = 2; isTaken(candidate) || !claimed.Add(candidate); number++)
        {
            candidate = $"{name}{number}";
        }

        return candidate;
    }

    private static IEnumerable<string> Scopes(Type type)
    {
        for (var outer = type.DeclaringType; outer is not null; outer = outer.DeclaringType)
        {
            yield return outer.Name.Split('`')[0];
        }

        foreach (var part in (type.Namespace ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            yield return part;
        }
    }
}
