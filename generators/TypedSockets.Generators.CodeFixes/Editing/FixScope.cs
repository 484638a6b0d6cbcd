using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSockets.Generators.CodeFixes.Editing;

/// <summary>A document as it was before any fix, and what the fixes found so far have taken.</summary>
internal sealed class FixScope(SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
{
    private readonly Dictionary<ISymbol, HashSet<string>> _taken = new(SymbolEqualityComparer.Default);

    public SyntaxNode Root { get; } = root;

    public SemanticModel Model { get; } = model;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The line end of the document.</summary>
    public SyntaxTrivia EndOfLine { get; } =
        root.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } first ? first : SyntaxFactory.LineFeed;

    /// <summary>
    /// Returns the node that the token at <paramref name="position"/> belongs to: a diagnostic stands under the name of what is declared. It is something else when that is declared in
    /// another assembly, for then the diagnostic stands under the contract's name.
    /// </summary>
    public SyntaxNode? FindNode(int position) => Root.FindToken(position).Parent;

    /// <summary>What the fixes of this document have taken in a type: names or keys.</summary>
    public ISet<string> TakenIn(ISymbol type)
    {
        if (!_taken.TryGetValue(type, out var taken))
        {
            _taken.Add(type, taken = new HashSet<string>(StringComparer.Ordinal));
        }

        return taken;
    }
}
