using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Events;

/// <summary>Makes a parameter of an event a plain one. Not offered for <c>out</c>: what comes back is a result, and has to be declared as one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveParameterModifierCodeFix))]
public sealed class RemoveParameterModifierCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.UnsupportedParameter.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        if (scope.FindNode(position) is not ParameterSyntax { Modifiers.Count: > 0 } parameter || parameter.Modifiers.Any(SyntaxKind.OutKeyword))
        {
            return null;
        }

        var modifiers = string.Join(" ", parameter.Modifiers.Select(static modifier => modifier.ValueText));
        return new DocumentFix(
            $"Remove '{modifiers}' of parameter '{parameter.Identifier.ValueText}'",
            editor => editor.ReplaceNode(parameter, static (current, _) => ((ParameterSyntax)current).WithModifiers(default).WithLeadingTrivia(current.GetLeadingTrivia())));
    }
}
