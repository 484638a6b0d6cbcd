using System.Reflection;

namespace TypedSockets.Tool.Metadata;

/// <summary>
/// Reads the types of parameters, properties, fields and base types with what the compiler has noted about them in attributes: one byte or name for each part of a type, the
/// outermost part first (roslyn/docs/features/nullable-metadata.md).
/// </summary>
internal sealed class TypeUseReader
{
    private const string Nullable = "System.Runtime.CompilerServices.NullableAttribute";
    private const string NullableContext = "System.Runtime.CompilerServices.NullableContextAttribute";
    private const string TupleElementNames = "System.Runtime.CompilerServices.TupleElementNamesAttribute";
    private const string NullableType = "System.Nullable`1";
    private const byte Annotated = 2;

    // The last type argument of a tuple of eight is a tuple of the rest.
    private const int MaxTupleArity = 8;

    private readonly byte[] _flags;
    private readonly byte _context;
    private readonly string?[] _names;
    private int _nextFlag;
    private int _nextName;

    private TypeUseReader(CustomAttributeData? nullable, byte context, CustomAttributeData? names)
    {
        // One byte that is not in an array holds for every part.
        _flags = nullable?.Argument() is { } flags and not byte ? [.. AttributeLookup.Values<byte>(flags)] : [];
        _context = nullable?.Argument() as byte? ?? context;
        _names = names is null ? [] : [.. AttributeLookup.Values<string?>(names.Argument())];
    }

    public static TypeUse Read(ParameterInfo parameter) =>
        new TypeUseReader(parameter.Find(Nullable), ContextOf(parameter.Member), parameter.Find(TupleElementNames)).Read(parameter.ParameterType);

    public static TypeUse Read(PropertyInfo property) => Read(property, property.PropertyType);

    public static TypeUse Read(FieldInfo field) => Read(field, field.FieldType);

    /// <summary>Reads the base type of a type that has one.</summary>
    public static TypeUse ReadBase(Type type) => new TypeUseReader(type.Find(Nullable), ContextOf(type), type.Find(TupleElementNames)).Read(type.BaseType!);

    /// <summary>A type that an attribute names: nothing in it is nullable.</summary>
    public static TypeUse Plain(Type type) => new TypeUseReader(null, 0, null).Read(type);

    /// <summary>How many elements a tuple has that was written with these type arguments.</summary>
    public static int CountElements(IReadOnlyList<Type> arguments) =>
        arguments.Count < MaxTupleArity ? arguments.Count : MaxTupleArity - 1 + CountElements(arguments[MaxTupleArity - 1].GetGenericArguments());

    private static TypeUse Read(MemberInfo member, Type type) => new TypeUseReader(member.Find(Nullable), ContextOf(member.DeclaringType), member.Find(TupleElementNames)).Read(type);

    /// <summary>What holds where nothing is noted: it is noted once for a method, a type or the types around it.</summary>
    private static byte ContextOf(MemberInfo? scope)
    {
        for (; scope is not null; scope = scope.DeclaringType)
        {
            if (scope.Find(NullableContext)?.Argument() is byte context)
            {
                return context;
            }
        }

        return 0;
    }

    private TypeUse Read(Type type)
    {
        if (type.IsByRef)
        {
            return Read(type.GetElementType()!);
        }

        if (type.IsGenericParameter)
        {
            return new TypeUse(type, !TypeUse.IsConstrainedToStruct(type) && NextFlag() == Annotated, [], []);
        }

        if (type.IsArray)
        {
            var isNullable = NextFlag() == Annotated;
            return new TypeUse(type, isNullable, [Read(type.GetElementType()!)], []);
        }

        if (!type.IsGenericType)
        {
            return new TypeUse(type, !type.IsValueType && NextFlag() == Annotated, [], []);
        }

        var definition = type.GetGenericTypeDefinition();
        if (definition.FullName == NullableType)
        {
            return Read(type.GetGenericArguments()[0]) with { IsNullable = true };
        }

        var flag = NextFlag();
        var arguments = type.GetGenericArguments();
        var names = definition.IsTuple() ? NextNames(CountElements(arguments)) : [];
        return new TypeUse(definition, !type.IsValueType && flag == Annotated, [.. arguments.Select(Read)], names);
    }

    private byte NextFlag() => _flags.Length == 0 ? _context : _nextFlag < _flags.Length ? _flags[_nextFlag++] : (byte)0;

    private string?[] NextNames(int count)
    {
        var names = _names.Skip(_nextName).Take(count).ToArray();
        _nextName += names.Length;
        return names;
    }
}
