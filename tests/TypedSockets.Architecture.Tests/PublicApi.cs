using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedSockets.Architecture.Tests;

/// <summary>Writes the public and protected members of an assembly as text, one line each, in a stable order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const string RecordMember = "EqualityContract";

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsByRefLike ? "ref struct" : type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(IsRecord(type) ? "record" : "class")}",
        };
        // Only what the type declares itself: not what its base has, nor what its interfaces bring along.
        var interfaces = type.GetInterfaces();
        var direct = interfaces
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .Except(interfaces.SelectMany(inherited => inherited.GetInterfaces()))
            .Where(declared => !IsRecord(type) || declared != typeof(IEquatable<>).MakeGenericType(type));
        var bases = new[] { type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) ? TypeNames.Of(parent) : "" }
            .Concat(direct.Select(TypeNames.Of).Order(StringComparer.Ordinal))
            .Where(name => name.Length > 0)
            .ToArray();
        return $"{kind} {type.Namespace}.{TypeNames.Of(type)}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases))}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        }

        return
        [
            .. type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"{Access(constructor)}{TypeNames.Plain(type)}({Parameters(constructor)})"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(Field),
            .. type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != RecordMember).Select(Property),
            .. type.GetEvents(Declared).Where(member => IsVisible(member.AddMethod!)).Select(member => $"event {TypeNames.Of(member)} {member.Name}"),
            .. type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method) && !IsSynthesized(method)).Select(Method),
        ];
    }

    private static bool IsRecord(Type type) => type.GetProperty(RecordMember, Declared) is not null;

    // What the compiler writes into every record: no decision of ours.
    private static bool IsSynthesized(MethodInfo method) => method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        var isInterface = method.DeclaringType!.IsInterface;
        var overriding = method.GetBaseDefinition() != method;
        return Access(method)
            + (method.IsStatic ? "static " : "")
            + (method.IsAbstract && (!isInterface || method.IsStatic) ? "abstract " : "")
            + (overriding ? (method.IsFinal ? "sealed override " : "override ") : method.IsVirtual && !method.IsAbstract && !method.IsFinal && !isInterface ? "virtual " : "");
    }

    private static string Field(FieldInfo field) => $"{(field.IsPublic ? "" : "protected ")}{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{TypeNames.Of(field)} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? "get; " : "";
        var setter = property.SetMethod is { } set && IsVisible(set) ? (IsInitOnly(set) ? "init; " : "set; ") : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(property.GetAccessors(nonPublic: true).First(IsVisible))}{required}{TypeNames.Of(property)} {property.Name} {{ {getter}{setter}}}";
    }

    private static bool IsInitOnly(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Method(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        var generics = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{TypeNames.Of(method.ReturnParameter)} {method.Name}{generics}({extension}{Parameters(method)}){Constraints(arguments)}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{TypeNames.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}"));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
        null => "null",
        string text => $"\"{text}\"",
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] parts =
        [
            .. isStruct ? ["struct"] : Array.Empty<string>(),
            .. attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>(),
            .. argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeNames.Of).Order(StringComparer.Ordinal),
            .. attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? ["new()"] : Array.Empty<string>(),
            .. attributes.HasFlag(GenericParameterAttributes.AllowByRefLike) ? ["allows ref struct"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
    }
}
