using System.Globalization;
using System.Reflection;

namespace TypedSockets.Tool.Metadata;

/// <summary>A type at the place where it is used, with what only that place knows: nullability, its type arguments' too, and the names of a tuple's elements.</summary>
/// <param name="Type">The definition of a generic type, an array of any element, or the type itself. Never <see cref="Nullable{T}"/>.</param>
/// <param name="IsNullable">Whether null may stand for it.</param>
/// <param name="Arguments">The type arguments; for an array the element.</param>
/// <param name="ElementNames">The names of a tuple's elements, null for one without; empty for other types.</param>
internal sealed record TypeUse(Type Type, bool IsNullable, IReadOnlyList<TypeUse> Arguments, IReadOnlyList<string?> ElementNames)
{
    /// <summary>The namespace and metadata name of the definition; <c>[]</c> and the like for an array.</summary>
    public string Name => Type.IsArray ? $"[{new string(',', Type.GetArrayRank() - 1)}]" : Type.FullName ?? Type.Name;

    /// <summary>Equal for uses of the same type with the same nullability of its arguments; its own does not count.</summary>
    public string Key => Arguments.Count == 0 ? Name : $"{Name}<{string.Join(",", Arguments.Select(static argument => argument.Key + (argument.IsNullable ? "?" : "")))}>";

    public bool IsByte => Name == "System.Byte";

    public TypeUse NotNull => IsNullable ? this with { IsNullable = false } : this;

    /// <summary>The type as a person writes it.</summary>
    public string Display
    {
        get
        {
            var name = Type.IsArray ? $"{Arguments[0].Display}{Name}" : Type.Name.Split('`')[0];
            var arguments = Type.IsArray || Arguments.Count == 0 ? "" : $"<{string.Join(", ", Arguments.Select(static argument => argument.Display))}>";
            return name + arguments + (IsNullable ? "?" : "");
        }
    }

    /// <summary>Puts the arguments of a generic type in place of its parameters.</summary>
    /// <param name="arguments">The arguments of the type that declares what has this type.</param>
    public TypeUse Substitute(IReadOnlyList<TypeUse> arguments)
    {
        if (arguments.Count == 0)
        {
            return this;
        }

        if (Type.IsGenericParameter)
        {
            var argument = arguments[Type.GenericParameterPosition];
            // 'T?' of an unconstrained T that is a value type is not Nullable<T>, but T.
            return IsNullable && (IsConstrainedToStruct(Type) || !argument.Type.IsValueType) ? argument with { IsNullable = true } : argument;
        }

        return Arguments.Count == 0 ? this : this with { Arguments = [.. Arguments.Select(argument => argument.Substitute(arguments))] };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}{(IsNullable ? "?" : "")}");

    internal static bool IsConstrainedToStruct(Type parameter) => (parameter.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0;
}
