using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Use;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>
/// Silences the compiler where it calls a switch expression over disconnect reasons incomplete: it does not know that they are all there are, so it would ask for a discard that hides
/// a reason that was forgotten. <see cref="UseAnalyzer"/> says which one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReasonSwitchSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_incomplete = new("TSOCKS0303", "CS8509", "Disconnect reasons are a closed hierarchy; TSOCK0303 names those that a switch forgets.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(s_incomplete);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName(RuntimeTypes.DisconnectReason) is not { } reason)
        {
            return;
        }

        var switches = new ReasonSwitches(reason);
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<SwitchExpressionSyntax>() is { } expression
                && context.GetSemanticModel(tree).GetOperation(expression, context.CancellationToken) is { } operation
                && switches.FindMissing(operation) is not null)
            {
                context.ReportSuppression(Suppression.Create(s_incomplete, diagnostic));
            }
        }
    }
}
