using System.Reflection;

namespace TypedSockets.Architecture.Tests;

/// <summary>Types as C# writes them, with the nullability of references.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private static readonly NullabilityInfoContext s_nullability = new();

    public static string Of(PropertyInfo property) => Of(property.PropertyType, s_nullability.Create(property));

    public static string Of(FieldInfo field) => Of(field.FieldType, s_nullability.Create(field));

    public static string Of(EventInfo member) => Of(member.EventHandlerType!, s_nullability.Create(member));

    public static string Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsByRef)
        {
            return Of(type, s_nullability.Create(parameter));
        }

        var direction = parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        return direction + Of(type.GetElementType()!, s_nullability.Create(parameter));
    }

    /// <summary>A type where nothing is known about nullability, such as a base.</summary>
    public static string Of(Type type) => Of(type, null);

    /// <summary>The name without arguments.</summary>
    public static string Plain(Type type) => type.Name.Split('`')[0];

    private static string Of(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, null) + "?";
        }

        var mark = !type.IsValueType && nullability is { ReadState: NullabilityState.Nullable } ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        if (type.IsGenericParameter)
        {
            // Reflection says of a plain type parameter what it says of one with a question mark.
            return type.Name;
        }

        if (!type.IsGenericType)
        {
            return Plain(type) + mark;
        }

        var arguments = type.GetGenericArguments().Select((argument, index) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
        return $"{Plain(type)}<{string.Join(", ", arguments)}>{mark}";
    }
}
