using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.CodeFixes.Events;

/// <summary>Gives an event that shares its wire name a name of its own, after the parameter that the others do not have: <c>SayRoom</c> for <c>Say(string text, string room)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameEventCodeFix))]
public sealed class NameEventCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.DuplicateWireName.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        if (scope.FindNode(position) is not MethodDeclarationSyntax node
            || scope.Model.GetDeclaredSymbol(node, scope.CancellationToken) is not { } method
            || scope.Model.Compilation.GetTypeByMetadataName(RuntimeTypes.EventAttribute) is not { } attribute)
        {
            return null;
        }

        var name = FreeName(scope, method);
        var title = $"Name this event '{name}' on the wire";
        if (AttributeOf(method) is not { } present)
        {
            var list = Attributes.List(Attributes.NameAt(scope.Model, node.SpanStart, attribute), Attributes.Literal(name));
            return new DocumentFix(title, editor => Attributes.Add(editor, scope, node, list));
        }

        if (present.ApplicationSyntaxReference?.GetSyntax(scope.CancellationToken) is not AttributeSyntax syntax)
        {
            return null;
        }

        var argument = syntax.ArgumentList?.Arguments.FirstOrDefault(static candidate => candidate.NameEquals is null)?.Expression;
        return new DocumentFix(title, argument is null
            ? editor => editor.ReplaceNode(syntax, WithName(syntax, name))
            : editor => editor.ReplaceNode(argument, Attributes.Literal(name).WithTriviaFrom(argument)));
    }

    // The attribute says something else of the event: the name goes in front of it.
    private static AttributeSyntax WithName(AttributeSyntax attribute, string name)
    {
        var list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        return attribute.WithArgumentList(list.WithArguments(list.Arguments.Insert(0, SyntaxFactory.AttributeArgument(Attributes.Literal(name)))).NormalizeWhitespace());
    }

    private static AttributeData? AttributeOf(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(static candidate => candidate.AttributeClass?.HasMetadataName(RuntimeTypes.EventAttribute) is true);

    private static string WireName(IMethodSymbol method) => AttributeOf(method) is { ConstructorArguments.IsEmpty: false } attribute ? attribute.ConstructorArguments[0].Value as string ?? "" : method.Name;

    private static string FreeName(FixScope scope, IMethodSymbol method)
    {
        // Where two interfaces meet in a contract, the one that derives from the other sees both.
        var methods = method.ContainingType.AllInterfaces.Prepend(method.ContainingType).SelectMany(static type => type.GetMembers()).OfType<IMethodSymbol>().ToList();
        var taken = scope.TakenIn(method.ContainingType);
        taken.UnionWith(methods.Select(WireName));

        var wireName = WireName(method);
        var others = methods.Where(other => WireName(other) == wireName && !SymbolEqualityComparer.Default.Equals(other, method)).ToList();
        return Identifiers.Claim(taken, wireName + Capitalized(Difference(method, others)));
    }

    /// <summary>What this one has and no other does: the name of a parameter, or else the type of one; empty when there is nothing, and then a number follows.</summary>
    private static string Difference(IMethodSymbol method, List<IMethodSymbol> others)
    {
        var theirs = others.SelectMany(static other => other.Parameters).ToList();
        var names = method.Parameters.Where(parameter => parameter.Type.Name != "CancellationToken").ToList();
        return names.Select(static parameter => parameter.Name).FirstOrDefault(name => theirs.All(other => other.Name != name))
            ?? names.Select(static parameter => parameter.Type.Name).FirstOrDefault(name => name.Length > 0 && theirs.All(other => other.Type.Name != name))
            ?? "";
    }

    private static string Capitalized(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
