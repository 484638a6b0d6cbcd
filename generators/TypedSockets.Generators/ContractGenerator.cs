using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators;

/// <summary>Writes the proxies, dispatchers and serializers of each contract. What is invalid is skipped here and reported by <see cref="Diagnostics.ContractAnalyzer"/>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(RuntimeTypes.EventContractAttribute, static (node, _) => node is InterfaceDeclarationSyntax, Parse)
            .SelectMany(static (model, _) => model is null ? Array.Empty<ContractModel>() : [model])
            .WithTrackingName(StepNames.Contract);

        var caseVariants = contracts
            .Select(static (model, _) => model.FullName)
            .Collect()
            .Select(static (names, _) => FindCaseVariants(names))
            .WithTrackingName(StepNames.CaseVariants);

        context.RegisterSourceOutput(
            contracts.Combine(caseVariants),
            static (output, item) => output.AddSource(FileName(item.Left.FullName, item.Right), ContractEmitter.Emit(item.Left)));
    }

    private static ContractModel? Parse(GeneratorAttributeSyntaxContext candidate, CancellationToken cancellationToken)
    {
        var contract = (INamedTypeSymbol)candidate.TargetSymbol;
        var attribute = ContractParser.FindAttribute(contract);
        // Two partial declarations may both have the attribute. The compiler refuses that, and it would be the same file twice.
        return attribute?.ApplicationSyntaxReference is { } application
            && application.SyntaxTree == candidate.TargetNode.SyntaxTree
            && candidate.TargetNode.Span.Contains(application.Span)
            ? ContractParser.Parse(contract, attribute, cancellationToken).Model
            : null;
    }

    // The compiler refuses two files whose names differ in case only, because they are one file on some systems.
    private static EquatableArray<string> FindCaseVariants(IEnumerable<string> names) =>
        new(names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase).Where(static group => group.Count() > 1).SelectMany(static group => group));

    private static string FileName(string contract, EquatableArray<string> caseVariants) =>
        caseVariants.Contains(contract) ? FormattableString.Invariant($"{contract}-{Fingerprint.OfText(contract):x16}.g.cs") : $"{contract}.g.cs";
}
