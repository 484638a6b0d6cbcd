using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Reads the types that travel. Each type that needs a codec becomes one the first time it is met.</summary>
internal sealed class PayloadParser
{
    // A generic type that contains itself with ever larger arguments has no end; no honest payload is nested as deeply as this.
    private const int MaxDepth = 64;

    private readonly ViolationList _violations;
    private readonly CancellationToken _cancellationToken;
    private readonly ObjectParser _objects;
    private readonly UnionParser _unions;
    private readonly FormatterParser _formatters;
    private readonly Dictionary<string, string?> _codecNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _takenNames = new(StringComparer.Ordinal);
    private readonly List<CodecModel> _codecs = [];
    private readonly Dictionary<string, INamedTypeSymbol> _types = new(StringComparer.Ordinal);
    private int _depth;

    public PayloadParser(ViolationList violations, CancellationToken cancellationToken)
    {
        _violations = violations;
        _cancellationToken = cancellationToken;
        _objects = new ObjectParser(this, violations);
        _unions = new UnionParser(this, violations);
        _formatters = new FormatterParser(violations);
    }

    public IReadOnlyList<CodecModel> Codecs => _codecs;

    /// <summary>The types that were met, by their names in C#. They are symbols, so they live only as long as one analysis.</summary>
    public IReadOnlyDictionary<string, INamedTypeSymbol> Types => _types;

    /// <summary>Returns how a type travels; null, with a violation, when it cannot.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">Where it stands, such as <c>Say.line.Owner</c>.</param>
    /// <param name="location">Where to report a violation.</param>
    public ValueModel? Parse(ITypeSymbol type, string path, Location location)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Parse(nullable.TypeArguments[0], path, location) is { } value ? value with { Type = SymbolNames.Of(type), IsNullable = true } : null;
        }

        // A reference from code without nullable annotations counts as one that is never null: what may be nil has to be said.
        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        var name = SymbolNames.Of(type);
        var nonNull = isNullable ? SymbolNames.Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)) : name;
        if (SupportedTypes.FindScalar(type) is { } scalar && FormatterParser.Find(type) is null)
        {
            var value = new ValueModel(name, nonNull, isNullable, type.IsValueType, scalar.Conversion, scalar.Scalar, null);
            if (scalar.Conversion != Conversion.Enum)
            {
                return value;
            }

            _types[nonNull] = (INamedTypeSymbol)type;
            return ForeignAttributes.IsTextEnum(type) ? value with { Codec = EnumCodecOf((INamedTypeSymbol)type, value) } : value;
        }

        return CodecOf(type, nonNull, path, location) is { } codec ? new ValueModel(name, nonNull, isNullable, type.IsValueType, Conversion.None, null, codec) : null;
    }

    /// <summary>Returns how a member, or the parameter of an event, travels, which attributes may have decided.</summary>
    /// <param name="member">What has the value.</param>
    /// <param name="parameter">The parameter of the constructor that sets it; null when there is none. In a record the attributes may stand there.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="location">Where to report a violation.</param>
    public ValueModel? Parse(ISymbol member, IParameterSymbol? parameter, ITypeSymbol type, string path, Location location)
    {
        if ((FormatterParser.Find(member) ?? (parameter is null ? null : FormatterParser.Find(parameter))) is { } attribute)
        {
            return ParseFormatted(attribute, type, location);
        }

        if ((member.Find(RuntimeTypes.InternedAttribute) ?? parameter?.Find(RuntimeTypes.InternedAttribute)) is not { } interned)
        {
            return Parse(type, path, location);
        }

        if (type.SpecialType != SpecialType.System_String)
        {
            _violations.Add(Descriptors.InternedNotString, interned.Location() ?? location, path, type.ToDisplayString());
            return null;
        }

        return Parse(type, path, location) is { } value ? value with { Conversion = Conversion.Interned } : null;
    }

    /// <summary>Returns how a type that is one of a union travels: as an object, also when it stands for several itself.</summary>
    public ValueModel? ParseObject(INamedTypeSymbol type, string path, Location location)
    {
        var typeName = SymbolNames.Of(type);
        if (FormatterParser.Find(type) is not null || SupportedTypes.FindScalar(type) is not null || CollectionTypes.FindSequence(type) is not null || CollectionTypes.FindMap(type) is not null)
        {
            Refuse(type, path, location, "only objects can be told apart in a union");
            return null;
        }

        // Its name is taken by the union, so its own one differs in the key.
        var key = UnionParser.IsUnion(type) ? typeName + " itself" : typeName;
        return CodecOf(type, typeName, key, path, location) is { } codec ? new ValueModel(typeName, typeName, false, type.IsValueType, Conversion.None, null, codec) : null;
    }

    /// <summary>Returns the name of the codec of a value: its own, or, for a scalar or nullable one, a codec that is made for it.</summary>
    public string CodecOf(ValueModel value)
    {
        if (value is { Codec: { } own, IsNullable: false })
        {
            return own;
        }

        if (_codecNames.TryGetValue(value.Type, out var known) && known is not null)
        {
            return known;
        }

        var core = value.Codec ?? value.Scalar + "Codec";
        var name = Identifiers.Claim(_takenNames, value.IsNullable ? "Nullable" + core : core);
        _codecNames.Add(value.Type, name);
        _codecs.Add(new ValueCodecModel(name, value.Type, value));
        return name;
    }

    public void Refuse(ITypeSymbol type, string path, Location location, string reason) =>
        _violations.Add(Descriptors.UnsupportedPayload, location, path, type.ToDisplayString(), reason);

    private ValueModel? ParseFormatted(AttributeData attribute, ITypeSymbol type, Location location)
    {
        var isNullableStruct = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var core = isNullableStruct ? ((INamedTypeSymbol)type).TypeArguments[0] : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var isNullable = isNullableStruct || type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        var coreName = SymbolNames.Of(core);
        return _formatters.Parse(attribute, core, coreName, location) is { } codec
            ? new ValueModel(SymbolNames.Of(type), coreName, isNullable, type.IsValueType, Conversion.None, null, Add(codec))
            : null;
    }

    private string EnumCodecOf(INamedTypeSymbol type, ValueModel value)
    {
        var key = value.NonNullType + " by name";
        if (_codecNames.TryGetValue(key, out var known) && known is not null)
        {
            return known;
        }

        var name = Identifiers.Claim(_takenNames, BaseName(type) + "Codec");
        _codecNames.Add(key, name);
        return Add(EnumParser.Parse(type, name, value));
    }

    private string? CodecOf(ITypeSymbol type, string typeName, string path, Location location) => CodecOf(type, typeName, typeName, path, location);

    private string? CodecOf(ITypeSymbol type, string typeName, string key, string path, Location location)
    {
        // The name is known before the type is read, so a type may contain itself. It becomes null when the type turns out not to be supported.
        if (_codecNames.TryGetValue(key, out var known))
        {
            return known;
        }

        if (FormatterParser.Find(type) is { } attribute)
        {
            var formatter = _formatters.Parse(attribute, type, typeName, location);
            _codecNames.Add(key, formatter?.Name);
            return formatter is null ? null : Add(formatter);
        }

        var isUnion = UnionParser.IsUnion(type) && key == typeName;
        if (!isUnion && SupportedTypes.FindProblem(type) is { } problem)
        {
            Refuse(type, path, location, problem);
            return null;
        }

        if (type.TypeKind is TypeKind.Error or TypeKind.TypeParameter)
        {
            // An open type parameter can only be that of a generic contract, which has been reported as such.
            _violations.AddUnresolved();
            return null;
        }

        if (SupportedTypes.FindCodec(type) is { } found)
        {
            return Add(new ExistingCodecModel("global::" + found.Codec, typeName, found.Shape));
        }

        if (_depth >= MaxDepth)
        {
            Refuse(type, path, location, "it is nested too deeply, or contains itself with ever larger type arguments");
            return null;
        }

        var name = Identifiers.Claim(_takenNames, BaseName(type) + (isUnion ? "UnionCodec" : "Codec"));
        _codecNames.Add(key, name);
        if (type is INamedTypeSymbol named)
        {
            _types[typeName] = named;
        }

        _depth++;
        var codec = isUnion ? _unions.Parse((INamedTypeSymbol)type, typeName, name, path, location) : ParseCodec(type, typeName, name, path, location);
        _depth--;
        if (codec is null)
        {
            _codecNames[key] = null;
            return null;
        }

        return Add(codec);
    }

    private string Add(CodecModel codec)
    {
        if (codec is not ExistingCodecModel || !_codecs.Exists(other => other.Name == codec.Name))
        {
            _codecs.Add(codec);
        }

        return codec.Name;
    }

    private CodecModel? ParseCodec(ITypeSymbol type, string typeName, string name, string path, Location location)
    {
        if (CollectionTypes.FindSequence(type) is { } sequence)
        {
            return Parse(sequence.Element, path + "[]", location) is { } element ? new SequenceCodecModel(name, typeName, sequence.Form, element) : null;
        }

        if (type is IArrayTypeSymbol array)
        {
            return Parse(array.ElementType, path + "[]", location) is { } element ? new GridCodecModel(name, typeName, array.Rank, element) : null;
        }

        if (CollectionTypes.FindMap(type) is { } map)
        {
            if (!SupportedTypes.IsKey(map.Key))
            {
                Refuse(type, path, location, "the key of a dictionary is a string, a number, an enum or another simple value");
                return null;
            }

            return Parse(map.Key, path + ".Keys", location) is { } key && Parse(map.Value, path + "[]", location) is { } value
                ? new MapCodecModel(name, typeName, map.Form, key, value)
                : null;
        }

        return _objects.Parse((INamedTypeSymbol)type, typeName, name, path, location);
    }

    /// <summary>A name for a type that reads well: <c>Line</c>, <c>LineArray</c>, <c>StringLineDictionary</c>.</summary>
    private static string BaseName(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return BaseName(array.ElementType) + (array.Rank == 1 ? "Array" : FormattableString.Invariant($"Array{array.Rank}D"));
            case INamedTypeSymbol named:
                var arguments = string.Concat(named.TypeArguments.Select(ArgumentName));
                var name = named.TypeKind == TypeKind.Interface && named.Name.Length > 1 && named.Name[0] == 'I' ? named.Name.Substring(1) : named.Name;
                return arguments + name;
            default:
                return type.Name;
        }
    }

    private static string ArgumentName(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => "Nullable" + BaseName(nullable.TypeArguments[0]),
        { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } => "Nullable" + BaseName(type),
        _ => BaseName(type),
    };
}
