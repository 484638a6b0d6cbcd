using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;

namespace TypedSockets.Generators.Payloads;

/// <summary>The tables of what travels: which types of the base library are scalars or have a codec in the runtime library, and why a type is none of these and no object either.</summary>
internal static class SupportedTypes
{
    /// <summary>What an event returns or takes as a stream.</summary>
    public const string Stream = "System.Collections.Generic.IAsyncEnumerable`1";

    private const int MaxRank = 4;

    // The last type argument of a tuple of eight is a tuple of the rest.
    private const int MaxTupleArity = 8;

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
        ["System.Half"] = Scalar.Half,
        ["System.Guid"] = Scalar.Guid,
        ["System.DateTimeOffset"] = Scalar.DateTimeOffset,
        ["System.DateOnly"] = Scalar.DateOnly,
        ["System.TimeOnly"] = Scalar.TimeOnly,
        ["System.TimeSpan"] = Scalar.TimeSpan,
    };

    /// <summary>Types with a codec in the runtime library, how they stand in fingerprints, and whether a dictionary may have them as keys: in text they are strings then.</summary>
    private static readonly Dictionary<string, (string Codec, string Shape, bool IsKey)> s_codecs = new(StringComparer.Ordinal)
    {
        ["System.Uri"] = (RuntimeTypes.UriCodec, "Uri", true),
        ["System.Version"] = (RuntimeTypes.VersionCodec, "Version", true),
        ["System.Int128"] = (RuntimeTypes.Int128Codec, "Int128", true),
        ["System.UInt128"] = (RuntimeTypes.UInt128Codec, "UInt128", true),
        ["System.Text.Rune"] = (RuntimeTypes.RuneCodec, "Rune", true),
        ["System.Numerics.BigInteger"] = (RuntimeTypes.BigIntegerCodec, "BigInteger", true),
        ["System.Numerics.Complex"] = (RuntimeTypes.ComplexCodec, "Complex", false),
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

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        return named.MetadataFullName() switch
        {
            "System.Memory`1" or "System.ReadOnlyMemory`1" when IsOfBytes(named) => (Scalar.Binary, Conversion.Memory),
            "System.ArraySegment`1" when IsOfBytes(named) => (Scalar.Binary, Conversion.Segment),
            { } name when s_namedTypes.TryGetValue(name, out var scalar) => (scalar, Conversion.None),
            _ => null,
        };
    }

    /// <summary>Returns the codec of the runtime library for a type, and how it stands in fingerprints.</summary>
    public static (string Codec, string Shape)? FindCodec(ITypeSymbol type) => (type as INamedTypeSymbol)?.MetadataFullName() switch
    {
        "System.Buffers.ReadOnlySequence`1" when IsOfBytes((INamedTypeSymbol)type) => (RuntimeTypes.ByteSequenceCodec, nameof(Scalar.Binary)),
        { } name when s_codecs.TryGetValue(name, out var found) => (found.Codec, found.Shape),
        _ => null,
    };

    /// <summary>Whether a dictionary may have it as its key. Bytes are compared by reference, so they are none.</summary>
    public static bool IsKey(ITypeSymbol type) =>
        type.NullableAnnotation != NullableAnnotation.Annotated
        && FormatterParser.Find(type) is null
        && (FindScalar(type) is { Scalar: not Scalar.Binary } || ((type as INamedTypeSymbol)?.MetadataFullName() is { } name && s_codecs.TryGetValue(name, out var codec) && codec.IsKey));

    /// <summary>Says why a type that is no scalar cannot travel; null when it can, as far as can be told without its members.</summary>
    public static string? FindProblem(ITypeSymbol type)
    {
        if (FindCodec(type) is not null || CollectionTypes.FindSequence(type) is not null || CollectionTypes.FindMap(type) is not null)
        {
            return null;
        }

        return type switch
        {
            { TypeKind: TypeKind.Error or TypeKind.TypeParameter } => null,
            { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "the reader would not know which type to create; declare the type that travels",
            IArrayTypeSymbol { Rank: <= MaxRank } => null,
            { TypeKind: TypeKind.Array } => "arrays of more than four dimensions are not supported; use an array of arrays",
            { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
                "an address means nothing in another process",
            { TypeKind: TypeKind.Delegate } => "code does not travel",
            { IsRefLikeType: true } => "a ref struct cannot outlive the call that reads it",
            INamedTypeSymbol named when named.HasMetadataName(Stream) => "a stream is what an event returns or takes, and no part of a payload",
            { TypeKind: TypeKind.Interface } => "the reader would not know which type to create for an interface",
            { IsAbstract: true } => "the reader would not know which type to create for an abstract class",
            { IsStatic: true } => "it is static",
            INamedTypeSymbol named when IsTravellingFrameworkType(named) => null,
            _ when IsFrameworkType(type) => "it is not one of the types of the base library that travel; use a type of your own",
            { BaseType: { } parent } when parent.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType) && IsFrameworkType(parent) =>
                $"it derives from '{parent.ToDisplayString()}', whose state is not public",
            _ when type.AllInterfaces.Any(static candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable) =>
                "it is a collection of its own; use one of the base library, or give it a [PayloadFormatter]",
            _ => null,
        };
    }

    /// <summary>Whether it is a tuple: an array in every format.</summary>
    public static bool IsTuple(INamedTypeSymbol type) =>
        type.IsTupleType || (type.MetadataFullName() is { } name && name.StartsWith("System.Tuple`", StringComparison.Ordinal) && type.Arity < MaxTupleArity);

    private static bool IsTravellingFrameworkType(INamedTypeSymbol type) =>
        IsTuple(type) || type.HasMetadataName("System.ValueTuple`1") || type.HasMetadataName("System.Collections.Generic.KeyValuePair`2");

    private static bool IsOfBytes(INamedTypeSymbol type) => type.TypeArguments[0].SpecialType == SpecialType.System_Byte;

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
