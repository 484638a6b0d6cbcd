using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>
/// Reads records, classes, structs and tuples: which members travel and how an object is made of them. What travels are the public properties and fields that a reader can set
/// again, those of base types first, in the order of declaration.
/// </summary>
internal sealed class ObjectParser(PayloadParser payloads, ViolationList violations)
{
    private const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";

    public ObjectCodecModel? Parse(INamedTypeSymbol type, string typeName, string name, string path, Location location) =>
        type is { IsTupleType: true, TupleElements.Length: > 1 } ? ParseTuple(type, typeName, name, path, location) : ParseObject(type, typeName, name, path, location);

    private ObjectCodecModel? ParseTuple(INamedTypeSymbol type, string typeName, string name, string path, Location location)
    {
        var members = new List<MemberModel>();
        foreach (var element in type.TupleElements)
        {
            if (payloads.Parse(element.Type, $"{path}.{element.Name}", location) is { } value)
            {
                members.Add(new MemberModel(element.CorrespondingTupleField?.Name ?? element.Name, value, null));
            }
        }

        return members.Count == type.TupleElements.Length
            ? new ObjectCodecModel(name, typeName, DisplayName(type), true, new EquatableArray<MemberModel>(members), new EquatableArray<int>(Enumerable.Range(0, members.Count)), default)
            : null;
    }

    private ObjectCodecModel? ParseObject(INamedTypeSymbol type, string typeName, string name, string path, Location location)
    {
        var candidates = Members(type);
        if (FindConstructor(type, candidates) is not ({ } constructor, { } bound))
        {
            violations.Add(Descriptors.NoUsableConstructor, location, path, type.ToDisplayString());
            return null;
        }

        var setsRequired = constructor.GetAttributes().Any(static attribute => attribute.AttributeClass?.HasMetadataName(SetsRequiredMembers) is true);
        var members = new List<MemberModel>();
        var positions = new Dictionary<int, int>();
        var initialized = new List<int>();
        var valid = true;
        for (var index = 0; index < candidates.Count; index++)
        {
            var member = candidates[index];
            var ordinal = Array.IndexOf(bound, index);
            var parameter = ordinal < 0 ? null : constructor.Parameters[ordinal];
            if (parameter is null && !IsSettable(member))
            {
                continue;
            }

            if (payloads.Parse(TypeOf(member), $"{path}.{member.Name}", location) is not { } value)
            {
                valid = false;
                continue;
            }

            // A required member must be set by an initializer even where the constructor sets it as well, unless the constructor says that it does.
            if (parameter is null || (IsRequired(member) && !setsRequired))
            {
                initialized.Add(members.Count);
            }

            positions.Add(index, members.Count);
            members.Add(new MemberModel(member.Name, value, parameter is null ? null : DefaultValue.Of(parameter)));
        }

        return valid
            ? new ObjectCodecModel(
                name,
                typeName,
                DisplayName(type),
                false,
                new EquatableArray<MemberModel>(members),
                new EquatableArray<int>(bound.Select(index => positions[index])),
                new EquatableArray<int>(initialized))
            : null;
    }

    // Without the nullability of the place where the type happened to be met first.
    private static string DisplayName(INamedTypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>Returns the public properties and fields that can be read, base types first; one that is overridden or hidden stands at the place of the first.</summary>
    private static List<ISymbol> Members(INamedTypeSymbol type)
    {
        var hierarchy = new Stack<INamedTypeSymbol>();
        for (var current = type; current is not null && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); current = current.BaseType)
        {
            hierarchy.Push(current);
        }

        var members = new List<ISymbol>();
        foreach (var member in hierarchy.SelectMany(static level => level.GetMembers()).Where(IsReadable))
        {
            var hidden = members.FindIndex(other => other.Name == member.Name);
            if (hidden < 0)
            {
                members.Add(member);
            }
            else
            {
                members[hidden] = member;
            }
        }

        return members;
    }

    private static bool IsReadable(ISymbol member) =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } && member switch
        {
            IPropertySymbol property => property is { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public, ReturnsByRef: false, ReturnsByRefReadonly: false },
            IFieldSymbol field => field is { IsConst: false, AssociatedSymbol: null },
            _ => false,
        };

    private static bool IsSettable(ISymbol member) => member switch
    {
        IPropertySymbol property => property.SetMethod?.DeclaredAccessibility == Accessibility.Public,
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>Returns the public constructor with the most parameters whose parameters all are members, and the indices of those members.</summary>
    private static (IMethodSymbol Constructor, int[] Members)? FindConstructor(INamedTypeSymbol type, List<ISymbol> members)
    {
        foreach (var constructor in type.InstanceConstructors.OrderByDescending(static candidate => candidate.Parameters.Length))
        {
            var bound = constructor.Parameters.Select(parameter => members.FindIndex(member => Matches(parameter, member))).ToArray();
            if (constructor.DeclaredAccessibility == Accessibility.Public && !bound.Contains(-1) && bound.Distinct().Count() == bound.Length)
            {
                return (constructor, bound);
            }
        }

        return null;
    }

    private static bool Matches(IParameterSymbol parameter, ISymbol member) =>
        parameter.RefKind is RefKind.None or RefKind.In
        && string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.IncludeNullability.Equals(NotNull(parameter.Type), NotNull(TypeOf(member)))
        // A constructor that takes no null cannot be given what may be null.
        && (parameter.NullableAnnotation != NullableAnnotation.NotAnnotated || TypeOf(member).NullableAnnotation != NullableAnnotation.Annotated || TypeOf(member).IsValueType);

    private static ITypeSymbol NotNull(ITypeSymbol type) => type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
