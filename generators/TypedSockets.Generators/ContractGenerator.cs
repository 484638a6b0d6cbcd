using System.Linq;
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
            .ForAttributeWithMetadataName(
                RuntimeTypes.EventContractAttribute,
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (candidate, cancellationToken) => ContractParser.Parse((INamedTypeSymbol)candidate.TargetSymbol, candidate.Attributes.First(), cancellationToken).Model)
            .Where(static model => model is not null)
            .WithTrackingName(StepNames.Contract);

        context.RegisterSourceOutput(contracts, static (output, model) => output.AddSource($"{model!.FullName}.g.cs", ContractEmitter.Emit(model)));
    }
}
