using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;

namespace TypedSockets.Generators.Payloads;

/// <summary>The tables of what travels: which types of the base library are scalars, lists and dictionaries, and why a type is none of these and no object either.</summary>
internal static class SupportedTypes
{
    private static readonly Dictionary<SpecialType, Scalar> s_specialTypes = new()
    {
        [SpecialType.System_Boolean] = Scalar.Boolean,
        [SpecialType.System_Byte] = Scalar.Byte,
        [SpecialType.System_SByte] = Scalar.SByte,
        [SpecialType.System_Int16] = Scalar.Int16,
        [SpecialType.System_UInt16] = Scalar.UInt16,
        [SpecialType.System_Int32] = Scalar.Int32,
        [SpecialType.System_UInt32] = Scalar.UInt32,
        [SpecialType.System_Int64] = Scalar.Int64,
        [SpecialType.System_UInt64] = Scalar.UInt64,
        [SpecialType.System_Single] = Scalar.Single,
        [SpecialType.System_Double] = Scalar.Double,
        [SpecialType.System_Decimal] = Scalar.Decimal,
        [SpecialType.System_Char] = Scalar.Char,
        [SpecialType.System_String] = Scalar.String,
        [SpecialType.System_DateTime] = Scalar.DateTime,
    };

    private static readonly Dictionary<string, Scalar> s_namedTypes = new(StringComparer.Ordinal)
    {
        ["System.Guid"] = Scalar.Guid,
        ["System.DateTimeOffset"] = Scalar.DateTimeOffset,
        ["System.DateOnly"] = Scalar.DateOnly,
        ["System.TimeOnly"] = Scalar.TimeOnly,
        ["System.TimeSpan"] = Scalar.TimeSpan,
    };

    private static readonly Dictionary<string, SequenceKind> s_sequences = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.List`1"] = SequenceKind.List,
        ["System.Collections.Generic.IList`1"] = SequenceKind.MutableListInterface,
        ["System.Collections.Generic.IReadOnlyList`1"] = SequenceKind.ReadOnlyListInterface,
        ["System.Collections.Generic.ICollection`1"] = SequenceKind.MutableCollectionInterface,
        ["System.Collections.Generic.IReadOnlyCollection`1"] = SequenceKind.ReadOnlyCollectionInterface,
        ["System.Collections.Generic.IEnumerable`1"] = SequenceKind.Enumerable,
    };

    private static readonly HashSet<string> s_maps = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.IDictionary`2",
        "System.Collections.Generic.IReadOnlyDictionary`2",
    };

    public static (Scalar Scalar, Conversion Conversion)? FindScalar(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
        {
            return (s_specialTypes[underlying.SpecialType], Conversion.Enum);
        }

        if (s_specialTypes.TryGetValue(type.SpecialType, out var special))
        {
            return (special, Conversion.None);
        }

        if (type is IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte })
        {
            return (Scalar.Binary, Conversion.Array);
        }

        return (type as INamedTypeSymbol)?.MetadataFullName() switch
        {
            "System.Memory`1" or "System.ReadOnlyMemory`1" when ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Byte => (Scalar.Binary, Conversion.Memory),
            { } name when s_namedTypes.TryGetValue(name, out var named) => (named, Conversion.None),
            _ => null,
        };
    }

    public static (SequenceKind Kind, ITypeSymbol Element)? FindSequence(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => (SequenceKind.Array, array.ElementType),
        INamedTypeSymbol named when named.MetadataFullName() is { } name && s_sequences.TryGetValue(name, out var kind) => (kind, named.TypeArguments[0]),
        _ => null,
    };

    public static (ITypeSymbol Key, ITypeSymbol Value)? FindMap(ITypeSymbol type) =>
        type is INamedTypeSymbol named && named.MetadataFullName() is { } name && s_maps.Contains(name) ? (named.TypeArguments[0], named.TypeArguments[1]) : null;

    /// <summary>Whether a dictionary may have it as its key. Bytes are compared by reference, so they are none.</summary>
    public static bool IsKey(ITypeSymbol type) =>
        FindScalar(type) is { Scalar: not Scalar.Binary } && type.NullableAnnotation != NullableAnnotation.Annotated;

    /// <summary>Says why a type that is no scalar cannot travel; null when it can, as far as can be told without its members.</summary>
    public static string? FindProblem(ITypeSymbol type)
    {
        if (FindSequence(type) is not null || FindMap(type) is not null)
        {
            return null;
        }

        return type switch
        {
            { TypeKind: TypeKind.Error or TypeKind.TypeParameter } => null,
            { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "the reader would not know which type to create; declare the type that travels",
            { TypeKind: TypeKind.Array } => "arrays of more than one dimension are not supported; use an array of arrays",
            { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
                "an address means nothing in another process",
            { TypeKind: TypeKind.Delegate } => "code does not travel",
            { IsRefLikeType: true } => "a ref struct cannot outlive the call that reads it",
            { TypeKind: TypeKind.Interface } => "the reader would not know which type to create for an interface",
            { IsAbstract: true } => "the reader would not know which type to create for an abstract class",
            { IsStatic: true } => "it is static",
            INamedTypeSymbol named when IsTravellingFrameworkType(named) => null,
            _ when IsFrameworkType(type) => "it is not one of the types of the base library that travel; use a type of your own",
            { BaseType: { } parent } when parent.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType) && IsFrameworkType(parent) =>
                $"it derives from '{parent.ToDisplayString()}', whose state is not public",
            _ when type.AllInterfaces.Any(static candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable) =>
                "it is a collection of its own; use an array, List<T> or Dictionary<TKey, TValue>",
            _ => null,
        };
    }

    private static bool IsTravellingFrameworkType(INamedTypeSymbol type) => type.IsTupleType || type.HasMetadataName("System.Collections.Generic.KeyValuePair`2");

    private static bool IsFrameworkType(ITypeSymbol type)
    {
        var root = type.ContainingNamespace;
        while (root is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            root = root.ContainingNamespace;
        }

        return root?.Name is "System" or "Microsoft" && !type.Locations.Any(static location => location.IsInSource);
    }
}
