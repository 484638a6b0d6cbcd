using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Protocol.Shapes;

namespace TypedSockets.Generators.Payloads;

/// <summary>
/// Finds the members of a type that may travel and what they are called: the public properties and fields, those of base types first, in the order of declaration; or, on a type
/// that MessagePack-CSharp knows, those with a key, in the order of the keys.
/// </summary>
internal sealed class MemberParser(ViolationList violations)
{
    // An array has a place for each number up to the highest key.
    private const int MaxKey = 999;

    /// <summary>Returns the members and how they are told apart; null, with violations, when their keys are not in order.</summary>
    public (ObjectLayout Layout, List<MemberCandidate> Members)? Parse(INamedTypeSymbol type)
    {
        var symbols = Members(type);
        var attribute = type.Find(ForeignAttributes.MessagePackObject);
        var known = violations.Count;
        var layout = ObjectLayout.Positions;
        List<MemberCandidate> members;
        if (attribute is null)
        {
            members = [.. symbols.Select(ParseMember)];
        }
        else if (attribute.Argument() is true)
        {
            layout = ObjectLayout.Names;
            members = [.. PropertiesFirst(symbols).Select(member => ParseMember(member, member.Find(ForeignAttributes.MessagePackKey)?.Argument() as string ?? member.Name))];
        }
        else
        {
            members = [.. PropertiesFirst(symbols).Select(member => ParseKeyed(type, member))];
            CheckKinds(type, members);
            layout = members.Exists(static member => member.StringKey is not null) ? ObjectLayout.Names : ObjectLayout.Positions;
            members = [.. members.OrderBy(static member => member.IntKey ?? 0)];
        }

        CheckUnique(type, members);
        return violations.Count == known ? (layout, members) : null;
    }

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

    // The order of names in MessagePack-CSharp's maps.
    private static IEnumerable<ISymbol> PropertiesFirst(List<ISymbol> members) => members.OrderBy(static member => member is IFieldSymbol);

    private static bool IsReadable(ISymbol member) =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } && member switch
        {
            IPropertySymbol property => property is { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public, ReturnsByRef: false, ReturnsByRefReadonly: false },
            IFieldSymbol field => field is { IsConst: false, AssociatedSymbol: null },
            _ => false,
        };

    private MemberCandidate ParseMember(ISymbol member)
    {
        var isIgnored = ForeignAttributes.IsIgnoredByMessagePack(member) || ForeignAttributes.IsIgnoredByJson(member);
        return new MemberCandidate(member, null, null, isIgnored ? null : TextName(member), isIgnored);
    }

    private MemberCandidate ParseMember(ISymbol member, string key)
    {
        if (!ForeignAttributes.IsIgnoredByMessagePack(member) && JsonNames.FindProblem(key) is { } problem)
        {
            violations.Add(Descriptors.BadMemberName, member.Find(ForeignAttributes.MessagePackKey)?.Location() ?? member.Locations[0], Display(member), problem);
        }

        return WithKey(member, null, key);
    }

    private MemberCandidate WithKey(ISymbol member, int? number, string? name)
    {
        var isIgnored = ForeignAttributes.IsIgnoredByMessagePack(member);
        return new MemberCandidate(member, number, name, isIgnored || ForeignAttributes.IsIgnoredByJson(member) ? null : TextName(member), isIgnored);
    }

    private MemberCandidate ParseKeyed(INamedTypeSymbol type, ISymbol member)
    {
        if (ForeignAttributes.IsIgnoredByMessagePack(member))
        {
            return WithKey(member, null, null);
        }

        switch (member.Find(ForeignAttributes.MessagePackKey)?.Argument())
        {
            case string name:
                return ParseMember(member, name);
            case int number:
                if (number is < 0 or > MaxKey)
                {
                    violations.Add(Descriptors.KeyOutOfRange, member, Display(member), Invariant(number), Invariant(MaxKey));
                }

                return WithKey(member, number, null);
            default:
                violations.Add(Descriptors.MissingKey, member, Display(member), type.Name);
                return WithKey(member, null, null);
        }
    }

    private void CheckKinds(INamedTypeSymbol type, List<MemberCandidate> members)
    {
        if (members.Find(static member => member.IntKey is not null) is { } numbered && members.Find(static member => member.StringKey is not null) is { } named)
        {
            var second = members.IndexOf(numbered) < members.IndexOf(named) ? named : numbered;
            violations.Add(Descriptors.MixedKeys, second.Symbol, type.Name, numbered.Name, named.Name);
        }
    }

    private void CheckUnique(INamedTypeSymbol type, List<MemberCandidate> members)
    {
        Check(Descriptors.DuplicateKey, static member => member.IntKey is { } number ? Invariant(number) : member.StringKey);
        Check(Descriptors.DuplicateTextName, static member => member.TextName);

        void Check(DiagnosticDescriptor descriptor, Func<MemberCandidate, string?> nameOf)
        {
            var first = new Dictionary<string, MemberCandidate>(StringComparer.Ordinal);
            foreach (var member in members.Where(static member => !member.IsIgnored))
            {
                if (nameOf(member) is not { } name)
                {
                    continue;
                }

                if (first.TryGetValue(name, out var other))
                {
                    violations.Add(descriptor, member.Symbol, type.Name, other.Name, member.Name, name);
                }
                else
                {
                    first.Add(name, member);
                }
            }
        }
    }

    private string TextName(ISymbol member)
    {
        var attribute = member.Find(ForeignAttributes.JsonPropertyName);
        var name = attribute?.Argument() as string ?? TextNames.CamelCase(member.Name);
        if (JsonNames.FindProblem(name) is { } problem)
        {
            violations.Add(Descriptors.BadMemberName, attribute?.Location() ?? member.Locations[0], Display(member), problem);
        }

        return name;
    }

    private static string Display(ISymbol member) => $"{member.ContainingType.Name}.{member.Name}";

    private static string Invariant(int number) => FormattableString.Invariant($"{number}");
}
