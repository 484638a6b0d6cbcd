using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Use;

/// <summary>Finds switches over a disconnect reason that neither handle every reason nor say what becomes of the others. One for each compilation; safe for concurrent use.</summary>
internal sealed class ReasonSwitches(INamedTypeSymbol root)
{
    // An editor shows one line.
    private const int MaxNamed = 3;

    // The hierarchy is closed: all of it is declared beside its root.
    private readonly Lazy<INamedTypeSymbol[]> _reasons = new(() =>
        [.. root.ContainingNamespace.GetTypeMembers().Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, root)).OrderBy(static type => type.Name, StringComparer.Ordinal)]);

    public void Analyze(OperationAnalysisContext context)
    {
        if (FindMissing(context.Operation) is not { Count: > 0 } missing)
        {
            return;
        }

        var names = string.Join(", ", missing.Take(MaxNamed).Select(static type => $"'{type.Name}'"));
        var rest = missing.Count > MaxNamed ? FormattableString.Invariant($" and {missing.Count - MaxNamed} more") : "";
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnhandledReason, KeywordOf(context.Operation.Syntax), names + rest));
    }

    /// <summary>Returns the reasons that a switch over them does not handle; null when it is a switch over something else.</summary>
    public IReadOnlyList<INamedTypeSymbol>? FindMissing(IOperation operation)
    {
        var (value, patterns) = operation switch
        {
            ISwitchOperation statement => (statement.Value, statement.Cases.SelectMany(static section => section.Clauses).Select(PatternOf)),
            ISwitchExpressionOperation expression => (expression.Value, expression.Arms.Select(static arm => arm.Guard is null ? arm.Pattern : null)),
            _ => default,
        };
        if (!SymbolEqualityComparer.Default.Equals(value?.Type, root))
        {
            return null;
        }

        var handled = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var pattern in patterns.OfType<IOperation>())
        {
            handled.UnionWith(Handled(pattern));
        }

        return [.. _reasons.Value.Where(reason => !handled.Contains(reason))];
    }

    // A guard may be false, so what it guards is not handled.
    private static IOperation? PatternOf(ICaseClauseOperation clause) => clause switch
    {
        IDefaultCaseClauseOperation => clause,
        IPatternCaseClauseOperation { Guard: null } pattern => pattern.Pattern,
        _ => null,
    };

    private IEnumerable<INamedTypeSymbol> Handled(IOperation pattern) => pattern switch
    {
        IDefaultCaseClauseOperation or IDiscardPatternOperation => _reasons.Value,
        IDeclarationPatternOperation { MatchedType: null } => _reasons.Value,
        IDeclarationPatternOperation declaration => Of(declaration.MatchedType),
        ITypePatternOperation type => Of(type.MatchedType),
        IRecursivePatternOperation recursive when recursive.DeconstructionSubpatterns.Concat<IOperation>(recursive.PropertySubpatterns.Select(static item => item.Pattern)).All(IsAny) =>
            Of(recursive.MatchedType),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => Handled(either.LeftPattern).Concat(Handled(either.RightPattern)),
        IBinaryPatternOperation both => Handled(both.LeftPattern).Intersect<INamedTypeSymbol>(Handled(both.RightPattern), SymbolEqualityComparer.Default),
        INegatedPatternOperation { Pattern: IConstantPatternOperation } => _reasons.Value,
        INegatedPatternOperation { Pattern: ITypePatternOperation { MatchedType: var type } } => _reasons.Value.Except<INamedTypeSymbol>(Of(type), SymbolEqualityComparer.Default),
        _ => [],
    };

    private static bool IsAny(IOperation pattern) => pattern is IDiscardPatternOperation or IDeclarationPatternOperation { MatchedType: null };

    private INamedTypeSymbol[] Of(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, root) ? _reasons.Value : type is INamedTypeSymbol named ? [named] : [];

    private static Location KeywordOf(SyntaxNode node) => node switch
    {
        SwitchStatementSyntax statement => statement.SwitchKeyword.GetLocation(),
        SwitchExpressionSyntax expression => expression.SwitchKeyword.GetLocation(),
        _ => node.GetLocation(),
    };
}
