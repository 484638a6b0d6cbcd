using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Locks;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>Reports what is wrong with a contract, by the same rules by which the generator skips it, and what its change means to the peers that <c>contracts.lock</c> tells of.</summary>
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
        Descriptors.LockedContract,
        Descriptors.LockedEvent,
        Descriptors.LockedPayload,
        Descriptors.NarrowChange,
        Descriptors.LockBehind,
        Descriptors.BadLock,
        Descriptors.NotAnEvent,
        Descriptors.GenericEvent,
        Descriptors.UnsupportedReturnType,
        Descriptors.StreamOutOfPlace,
        Descriptors.CancellationTokenNotLast,
        Descriptors.UnsupportedParameter,
        Descriptors.DuplicateWireName,
        Descriptors.BadWireName,
        Descriptors.TakenName,
        Descriptors.BadFault,
        Descriptors.BadTimeout,
        Descriptors.BadConcurrency,
        Descriptors.AnsweredEventIsReliable,
        Descriptors.KeyWithoutLatest,
        Descriptors.IncomparableKey,
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
        context.RegisterCompilationStartAction(static start =>
        {
            var locked = LockAnalysis.Find(start.Options, start.CancellationToken);
            start.RegisterSymbolAction(context => Analyze(context, locked), SymbolKind.NamedType);
            if (locked is not null)
            {
                start.RegisterAdditionalFileAction(locked.ReportFile);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, LockAnalysis? locked)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Interface)
        {
            return;
        }

        if (ContractParser.FindAttribute(type) is { } attribute)
        {
            var (model, violations, symbols) = ContractParser.ParseWithSymbols(type, attribute, context.CancellationToken);
            foreach (var violation in violations)
            {
                context.ReportDiagnostic(violation.ToDiagnostic(context.Compilation, type.Locations[0]));
            }

            locked?.Compare(context, model, symbols);
        }
        else if (ContractParser.DerivesFromServerEvents(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.MissingAttribute, type.Locations[0], type.Name));
        }
    }
}
