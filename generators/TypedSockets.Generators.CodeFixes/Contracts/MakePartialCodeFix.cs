using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Contracts;

/// <summary>Makes a contract, and the types around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
public sealed class MakePartialCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.NotPartial.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        if (scope.FindNode(position) is not TypeDeclarationSyntax type)
        {
            return null;
        }

        // What is around a contract has to be partial with it, so one step mends them all.
        var types = type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(static candidate => !PartialModifier.IsOn(candidate)).ToList();
        var names = string.Join(", ", types.Select(static candidate => $"'{candidate.Identifier.ValueText}'"));
        return types.Count == 0
            ? null
            : new DocumentFix($"Make {names} partial", editor => types.ForEach(candidate => editor.ReplaceNode(candidate, static (current, _) => PartialModifier.Add((TypeDeclarationSyntax)current))));
    }
}
