using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Payloads;

/// <summary>Gives a member of a <c>[MessagePackObject]</c> the next free key: a member without one, or the later of two that have the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyCodeFix))]
public sealed class KeyCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.MissingKey.Id, Descriptors.DuplicateKey.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        var node = scope.FindNode(position);
        if (node is not (PropertyDeclarationSyntax or ParameterSyntax or VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } }) || MemberOf(scope, node) is not { } member)
        {
            return null;
        }

        var key = MemberKeys.NextFree(scope, member);
        var title = $"Give '{member.Name}' the key {key}";
        if (MemberKeys.AttributeOf(member) is { } present)
        {
            var argument = (present.ApplicationSyntaxReference?.GetSyntax(scope.CancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
            return argument is null || argument.SyntaxTree != scope.Root.SyntaxTree ? null : new DocumentFix(title, editor => editor.ReplaceNode(argument, key.WithTriviaFrom(argument)));
        }

        if (MemberKeys.FindAttributeType(member.ContainingType) is not { } attribute)
        {
            return null;
        }

        var name = Attributes.NameAt(scope.Model, node.SpanStart, attribute);
        if (node is ParameterSyntax parameter)
        {
            var list = Attributes.List(name, key, "property: ");
            return new DocumentFix(title, editor => editor.ReplaceNode(parameter, (current, _) => AddInline((ParameterSyntax)current, list)));
        }

        var declaration = node.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        return new DocumentFix(title, editor => Attributes.Add(editor, scope, declaration, Attributes.List(name, key)));
    }

    /// <summary>The property or field that a node declares; that of a record's parameter is a property.</summary>
    private static ISymbol? MemberOf(FixScope scope, SyntaxNode node) =>
        scope.Model.GetDeclaredSymbol(node, scope.CancellationToken) switch
        {
            IParameterSymbol parameter => parameter.ContainingType?.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault(),
            var symbol => symbol,
        };

    private static ParameterSyntax AddInline(ParameterSyntax parameter, AttributeListSyntax list)
    {
        var leading = parameter.GetLeadingTrivia();
        var rest = parameter.WithLeadingTrivia();
        return rest.WithAttributeLists(rest.AttributeLists.Insert(0, list.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.Space)));
    }
}
