using System.Collections;
using System.Reflection;

namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>Looks for what belongs to the compiler in all that an object holds: a symbol, a syntax node or a location would keep a whole compilation alive.</summary>
internal static class CompilerObjects
{
    /// <summary>Fails with the path to the first one, and returns the number of objects that were looked at.</summary>
    public static int AssertNoneIn(object value, string name)
    {
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(value, name, visited);
        return visited.Count;
    }

    private static void Walk(object? value, string path, HashSet<object> visited)
    {
        if (value is null or string or Enum || value.GetType().IsPrimitive || !visited.Add(value))
        {
            return;
        }

        Assert.False(value.GetType().Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} holds a {value.GetType()}.");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, path + "[]", visited);
            }
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), $"{path}.{field.Name}", visited);
            }
        }
    }
}
