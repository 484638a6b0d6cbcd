using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Reads records, classes, structs and tuples: which members travel and how an object is made of them. What travels is what a reader can set again.</summary>
internal sealed class ObjectParser(PayloadParser payloads, ViolationList violations)
{
    private const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";

    private readonly MemberParser _members = new(violations);

    public ObjectCodecModel? Parse(INamedTypeSymbol type, string typeName, string name, string path, Location location) =>
        type is { IsTupleType: true, TupleElements.Length: > 1 } ? ParseTuple(type, typeName, name, path, location) : ParseObject(type, typeName, name, path, location);

    /// <summary>The type's name for people, without the nullability of the place where it happened to be met first.</summary>
    public static string DisplayName(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private ObjectCodecModel? ParseTuple(INamedTypeSymbol type, string typeName, string name, string path, Location location)
    {
        var members = new List<MemberModel>();
        foreach (var element in type.TupleElements)
        {
            if (payloads.Parse(element.Type, $"{path}.{element.Name}", location) is { } value)
            {
                members.Add(new MemberModel(element.CorrespondingTupleField?.Name ?? element.Name, value, members.Count, null, null, null, IsRead: true, IsInitialized: false));
            }
        }

        var creation = new CreationModel(CreationKind.Literal, true, new EquatableArray<ArgumentModel>(members.Select(static (member, index) => new ArgumentModel(index, member.Value.Type, null))), default, default, default);
        return members.Count == type.TupleElements.Length
            ? new ObjectCodecModel(name, typeName, DisplayName(type), ObjectLayout.Tuple, new EquatableArray<MemberModel>(members), creation)
            : null;
    }

    private ObjectCodecModel? ParseObject(INamedTypeSymbol type, string typeName, string name, string path, Location location)
    {
        if (_members.Parse(type) is not ({ } layout, { } candidates))
        {
            return null;
        }

        if (FindConstructor(type, candidates) is not ({ } constructor, { } bound))
        {
            violations.Add(Descriptors.NoUsableConstructor, location, path, type.ToDisplayString());
            return null;
        }

        var isPublic = constructor.DeclaredAccessibility == Accessibility.Public;
        var setsRequired = constructor.Has(SetsRequiredMembers) || !isPublic;
        var members = new List<MemberModel>();
        var positions = new Dictionary<int, int>();
        var initialized = new List<int>();
        var required = new List<int>();
        var accessed = new List<AccessedMember>();
        var valid = true;
        for (var index = 0; index < candidates.Count; index++)
        {
            var member = candidates[index];
            var parameter = Array.IndexOf(bound, index) is >= 0 and var ordinal ? constructor.Parameters[ordinal] : null;
            var isRead = parameter is not null || member.Access != MemberAccess.None;
            // A member that has a key keeps its place in MessagePack-CSharp's bytes, even where nobody can set it again.
            if (member.IsIgnored || (!isRead && member is { IntKey: null, StringKey: null }))
            {
                continue;
            }

            if (payloads.Parse(member.Symbol, parameter, member.Type, $"{path}.{member.Name}", location) is not { } value)
            {
                valid = false;
                continue;
            }

            // A required member must be set by an initializer even where the constructor sets it as well, unless the constructor says that it does.
            if (isRead && (parameter is null || (member.IsRequired && !setsRequired)))
            {
                if (member.Access == MemberAccess.Hidden || !isPublic)
                {
                    accessed.Add(new AccessedMember(members.Count, SymbolNames.Of(member.Symbol.ContainingType), member.Symbol is IFieldSymbol));
                }
                else
                {
                    initialized.Add(members.Count);
                    if (member.IsRequired && !setsRequired)
                    {
                        required.Add(members.Count);
                    }
                }
            }

            positions.Add(index, members.Count);
            members.Add(new MemberModel(
                member.Name,
                value,
                member.IntKey ?? members.Count,
                member.StringKey,
                member.TextName,
                parameter is null ? null : DefaultValue.Of(parameter),
                isRead,
                isRead && parameter is null && !member.IsRequired && Initializers.MayBeInitialized(member.Symbol, type)));
        }

        if (!valid)
        {
            return null;
        }

        var arguments = constructor.Parameters.Select((parameter, ordinal) => positions.TryGetValue(bound[ordinal], out var position)
            ? new ArgumentModel(position, SymbolNames.Of(parameter.Type), null)
            : new ArgumentModel(-1, SymbolNames.Of(parameter.Type), DefaultValue.Of(parameter) ?? "default!"));
        return new ObjectCodecModel(
            name,
            typeName,
            DisplayName(type),
            SupportedTypes.IsTuple(type) ? ObjectLayout.Tuple : layout,
            new EquatableArray<MemberModel>(members),
            new CreationModel(
                isPublic ? CreationKind.Constructor : CreationKind.Accessor,
                type.IsValueType,
                new EquatableArray<ArgumentModel>(arguments),
                new EquatableArray<int>(initialized),
                new EquatableArray<int>(required),
                new EquatableArray<AccessedMember>(accessed)));
    }

    /// <summary>
    /// Returns the constructor that is marked, or else the public one with the most parameters, whose parameters all are members, and the indices of those members.
    /// </summary>
    private static (IMethodSymbol Constructor, int[] Members)? FindConstructor(INamedTypeSymbol type, List<MemberCandidate> members)
    {
        var marked = type.InstanceConstructors.Where(ForeignAttributes.IsMarkedConstructor).ToList();
        var candidates = marked.Count > 0
            ? marked.Where(static candidate => candidate.DeclaredAccessibility == Accessibility.Public || !candidate.ContainingType.IsGenericType)
            : type.InstanceConstructors.Where(static candidate => candidate.DeclaredAccessibility == Accessibility.Public);
        foreach (var constructor in candidates.OrderByDescending(static candidate => candidate.Parameters.Length))
        {
            var bound = constructor.Parameters.Select(parameter => members.FindIndex(member => Matches(parameter, member))).ToArray();
            if (!bound.Contains(-1) && bound.Distinct().Count() == bound.Length)
            {
                return (constructor, bound);
            }
        }

        return null;
    }

    private static bool Matches(IParameterSymbol parameter, MemberCandidate member) =>
        parameter.RefKind is RefKind.None or RefKind.In
        && string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.IncludeNullability.Equals(NotNull(parameter.Type), NotNull(member.Type))
        // A constructor that takes no null cannot be given what may be null.
        && (parameter.NullableAnnotation != NullableAnnotation.NotAnnotated || member.Type.NullableAnnotation != NullableAnnotation.Annotated || member.Type.IsValueType);

    private static ITypeSymbol NotNull(ITypeSymbol type) => type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;
}
