using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.CodeFixes.Payloads;

/// <summary>The keys of a <c>[MessagePackObject]</c>, its base types' included. The attributes are found by name, as the generator finds them.</summary>
internal static class MemberKeys
{
    private const string Namespace = "MessagePack";

    public static AttributeData? AttributeOf(ISymbol member) => member.Find(ForeignAttributes.MessagePackKey);

    /// <summary>The type of <c>[Key]</c>, from where the type's own attributes come.</summary>
    public static INamedTypeSymbol? FindAttributeType(INamedTypeSymbol type) =>
        Hierarchy(type)
            .SelectMany(static level => level.GetAttributes().Concat(level.GetMembers().SelectMany(static member => member.GetAttributes())))
            .Select(static attribute => attribute.AttributeClass)
            .Where(static attribute => attribute?.ContainingNamespace.ToDisplayString() == Namespace)
            .Select(static attribute => attribute!.ContainingAssembly.GetTypeByMetadataName(ForeignAttributes.MessagePackKey))
            .FirstOrDefault(static attribute => attribute is not null);

    /// <summary>
    /// Takes the number behind the highest, or, in a type whose keys are texts, the member's name. Never a gap below the highest: it may be that of a member that was removed, and old
    /// peers still send that.
    /// </summary>
    public static ExpressionSyntax NextFree(FixScope scope, ISymbol member)
    {
        var levels = Hierarchy(member.ContainingType).ToList();
        var keys = levels.SelectMany(static level => level.GetMembers()).Select(KeyOf).ToList();
        var taken = scope.TakenIn(member.ContainingType);
        if (keys.OfType<string>().Any())
        {
            taken.UnionWith(keys.OfType<string>());
            return Attributes.Literal(Identifiers.Claim(taken, member.Name));
        }

        var next = keys.OfType<int>().Concat(levels.SelectMany(scope.TakenIn).Select(static key => int.Parse(key, CultureInfo.InvariantCulture))).DefaultIfEmpty(-1).Max() + 1;
        taken.Add(next.ToString(CultureInfo.InvariantCulture));
        return Attributes.Literal(next);
    }

    private static object? KeyOf(ISymbol member) => AttributeOf(member)?.Argument();

    private static IEnumerable<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        yield return type;
        for (var level = type.BaseType; level is not null; level = level.BaseType)
        {
            yield return level;
        }
    }
}
