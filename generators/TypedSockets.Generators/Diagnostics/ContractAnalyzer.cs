using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.Contracts;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>Reports what is wrong with a contract, by the same rules by which the generator skips it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NotPartial,
        Descriptors.NotServerEvents,
        Descriptors.GenericContract,
        Descriptors.InaccessibleContract,
        Descriptors.BadNamespace,
        Descriptors.MissingAttribute,
        Descriptors.NotAnEvent,
        Descriptors.GenericEvent,
        Descriptors.UnsupportedReturnType,
        Descriptors.StreamNotSupported,
        Descriptors.CancellationTokenNotLast,
        Descriptors.UnsupportedParameter,
        Descriptors.DuplicateWireName,
        Descriptors.BadWireName,
        Descriptors.TakenName,
        Descriptors.BadFault,
        Descriptors.BadTimeout,
        Descriptors.BadConcurrency,
        Descriptors.UnsupportedPayload,
        Descriptors.NoUsableConstructor,
        Descriptors.MissingKey,
        Descriptors.DuplicateKey,
        Descriptors.MixedKeys,
        Descriptors.BadUnion,
        Descriptors.BadFormatter,
        Descriptors.InternedNotString,
        Descriptors.BadMemberName,
        Descriptors.DuplicateTextName,
        Descriptors.KeyOutOfRange);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Interface)
        {
            return;
        }

        if (ContractParser.FindAttribute(type) is { } attribute)
        {
            foreach (var violation in ContractParser.Parse(type, attribute, context.CancellationToken).Violations)
            {
                context.ReportDiagnostic(violation.ToDiagnostic(context.Compilation, type.Locations[0]));
            }
        }
        else if (ContractParser.DerivesFromServerEvents(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.MissingAttribute, type.Locations[0], type.Name));
        }
    }
}
