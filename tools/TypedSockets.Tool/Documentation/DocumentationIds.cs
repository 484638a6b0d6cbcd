using System.Reflection;

namespace TypedSockets.Tool.Documentation;

/// <summary>The names of types and members in the compiler's documentation files (C# specification, "Documentation comments", ID string format).</summary>
internal static class DocumentationIds
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + NameOf(type),
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{Escape(property.Name)}",
        FieldInfo field => $"F:{NameOf(field.DeclaringType!)}.{Escape(field.Name)}",
        MethodInfo method => $"M:{NameOf(method.DeclaringType!)}.{Escape(method.Name)}{Parameters(method.GetParameters())}",
        _ => "",
    };

    private static string NameOf(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return (definition.FullName ?? definition.Name).Replace('+', '.');
    }

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(static parameter => Argument(parameter.ParameterType)))})";

    private static string Argument(Type type)
    {
        if (type.IsByRef)
        {
            return Argument(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            var rank = type.GetArrayRank();
            return Argument(type.GetElementType()!) + (rank == 1 ? "[]" : $"[{string.Join(",", Enumerable.Repeat("0:", rank))}]");
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        return type.IsGenericType ? Generic(type) : NameOf(type);
    }

    // The arguments of each type in a chain of nested ones stand behind its own name: Outer{System.Int32}.Inner{System.String}.
    private static string Generic(Type type)
    {
        var arguments = type.GetGenericArguments();
        var used = 0;
        var parts = NameOf(type).Split('.').Select(part =>
        {
            if (part.IndexOf('`', StringComparison.Ordinal) is >= 0 and var tick)
            {
                var count = int.Parse(part.AsSpan(tick + 1), System.Globalization.CultureInfo.InvariantCulture);
                var own = string.Join(",", arguments.Skip(used).Take(count).Select(Argument));
                used += count;
                return $"{part[..tick]}{{{own}}}";
            }

            return part;
        });
        return string.Join(".", parts);
    }

    private static string Escape(string name) => name.Replace('.', '#');
}
