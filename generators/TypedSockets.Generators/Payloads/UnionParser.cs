using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Reads types that stand for one of several: by our attribute or MessagePack-CSharp's, each with a number, or by System.Text.Json's, whose number is the position among them.</summary>
internal sealed class UnionParser(PayloadParser payloads, ViolationList violations)
{
    private const string DefaultDiscriminator = "$type";

    private static readonly string[] s_numbered = [RuntimeTypes.UnionAttribute, ForeignAttributes.MessagePackUnion];

    public static bool IsUnion(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface } && (s_numbered.Any(type.Has) || type.Has(ForeignAttributes.JsonDerivedType));

    /// <summary>Returns the union; null, with violations, when its keys or types are not in order.</summary>
    public UnionCodecModel? Parse(INamedTypeSymbol type, string typeName, string name, string path, Location location)
    {
        var known = violations.Count;
        var cases = new List<(INamedTypeSymbol Type, UnionCaseModel Model)>();
        foreach (var (key, derived, textKey, attribute) in Attributes(type))
        {
            var place = attribute.Location() ?? location;
            if (FindProblem(type, key, derived, textKey, cases) is { } problem)
            {
                violations.Add(Descriptors.BadUnion, place, type.Name, problem);
            }
            else if (payloads.ParseObject(derived!, $"{path}<{derived!.Name}>", place) is { } value)
            {
                cases.Add((derived, new UnionCaseModel(key, textKey!, derived.IsSealed || derived.IsValueType, value)));
            }
            else
            {
                return null;
            }
        }

        // A type that derives from another one of them has to be recognised before it.
        var ordered = cases.OrderByDescending(static item => Depth(item.Type)).Select(static item => item.Model);
        var discriminator = type.Find(ForeignAttributes.JsonPolymorphic)?.Argument("TypeDiscriminatorPropertyName") as string ?? DefaultDiscriminator;
        if (JsonNames.FindProblem(discriminator) is { } wrong)
        {
            violations.Add(Descriptors.BadMemberName, location, discriminator, wrong);
        }

        return violations.Count == known ? new UnionCodecModel(name, typeName, ObjectParser.DisplayName(type), discriminator, new EquatableArray<UnionCaseModel>(ordered)) : null;
    }

    /// <summary>Returns what the attributes say; where both kinds are there, the numbers come from the one and the names in text from the other.</summary>
    private static IEnumerable<(int Key, INamedTypeSymbol? Type, string? TextKey, AttributeData Attribute)> Attributes(INamedTypeSymbol type)
    {
        var json = type.FindAll(ForeignAttributes.JsonDerivedType).ToList();
        var numbered = s_numbered.SelectMany(type.FindAll).ToList();
        if (numbered.Count == 0)
        {
            return json.Select(static (attribute, index) => (index, attribute.Argument() as INamedTypeSymbol, TextKey(attribute), attribute));
        }

        return numbered.Select(attribute =>
        {
            var derived = attribute.Argument(1) as INamedTypeSymbol;
            var key = attribute.Argument() as int? ?? 0;
            var other = json.Find(candidate => SymbolEqualityComparer.Default.Equals(candidate.Argument() as ITypeSymbol, derived));
            var textKey = other is null ? Literal(key) : TextKey(other);
            return (key, derived, textKey, attribute);
        });
    }

    private static string? TextKey(AttributeData attribute) => attribute.Argument(1) switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        int number => Literal(number),
        _ => null,
    };

    private static string Literal(int number) => FormattableString.Invariant($"{number}");

    private static string? FindProblem(
        INamedTypeSymbol type,
        int key,
        INamedTypeSymbol? derived,
        string? textKey,
        List<(INamedTypeSymbol Type, UnionCaseModel Model)> cases)
    {
        if (derived is null || derived.TypeKind is not (TypeKind.Class or TypeKind.Struct) || derived.IsAbstract || derived.IsUnboundGenericType)
        {
            return derived is null ? "names a type in a way that is not supported; write typeof(...)" : $"has '{derived.Name}', of which no object can be created";
        }

        if (!SymbolEqualityComparer.Default.Equals(derived, type) && !DerivesFrom(derived, type))
        {
            return $"has '{derived.Name}', which does not derive from it";
        }

        if (cases.Exists(other => SymbolEqualityComparer.Default.Equals(other.Type, derived)))
        {
            return $"has '{derived.Name}' twice";
        }

        if (cases.Exists(other => other.Model.Key == key))
        {
            return $"has the key {Literal(key)} twice";
        }

        return textKey switch
        {
            null => $"has '{derived.Name}' without a type discriminator, so no reader could tell it from the others",
            _ when cases.Exists(other => other.Model.TextKey == textKey) => $"has the key {textKey} twice",
            _ when cases.Exists(other => other.Model.TextKey[0] == '"' != (textKey[0] == '"')) => "has numbers and strings as type discriminators",
            _ => null,
        };
    }

    private static bool DerivesFrom(INamedTypeSymbol derived, INamedTypeSymbol type)
    {
        for (var parent = derived.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(parent, type))
            {
                return true;
            }
        }

        return derived.AllInterfaces.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate, type));
    }

    private static int Depth(INamedTypeSymbol type)
    {
        var depth = 0;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            depth++;
        }

        return depth;
    }
}
