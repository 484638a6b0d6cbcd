using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Use;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>Reports what is wrong with how contracts are used: in hubs, in the handlers of either end, and where events are sent.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.IgnoredAnswer,
        Descriptors.BlockingHandler,
        Descriptors.UnhandledReason,
        Descriptors.HubWithoutContract);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Nothing is registered, and so nothing costs anything, where a project does not know the library.
            if (start.Compilation.GetTypeByMetadataName(RuntimeTypes.ClientEvents) is null)
            {
                return;
            }

            start.RegisterOperationAction(AnswerUse.Analyze, OperationKind.ExpressionStatement);
            start.RegisterOperationBlockStartAction(BlockingCalls.Register);
            if (start.Compilation.GetTypeByMetadataName(RuntimeTypes.DisconnectReason) is { } reason)
            {
                var switches = new ReasonSwitches(reason);
                start.RegisterOperationAction(switches.Analyze, OperationKind.Switch, OperationKind.SwitchExpression);
            }

            if (start.Compilation.GetTypeByMetadataName(RuntimeTypes.Hub) is not null)
            {
                start.RegisterSymbolAction(HubContracts.Analyze, SymbolKind.NamedType);
            }
        });
    }
}
