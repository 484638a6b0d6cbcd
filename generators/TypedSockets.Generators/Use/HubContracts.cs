using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Use;

/// <summary>Finds hubs that could be registered for no contract.</summary>
internal static class HubContracts
{
    public static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false }
            || ContractTypes.FindHub(type)?.TypeArguments[0] is not INamedTypeSymbol { TypeKind: TypeKind.Interface } client
            || type.AllInterfaces.Any(candidate => Serves(candidate, client)))
        {
            return;
        }

        var fitting = Contracts(context.Compilation, client).Select(static contract => $"'{contract.ToDisplayString()}'").Distinct().OrderBy(static name => name, StringComparer.Ordinal).ToList();
        var advice = fitting.Count == 0 ? $"an interface that derives from IServerEvents<TSelf, {client.Name}>" : string.Join(" or ", fitting);
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.HubWithoutContract, type.Locations[0], type.Name, client.Name, advice));
    }

    private static bool Serves(INamedTypeSymbol type, INamedTypeSymbol client) =>
        type.HasMetadataName(RuntimeTypes.ServerEvents) && SymbolEqualityComparer.Default.Equals(type.TypeArguments[1], client);

    // Looked for only when there is something to report: in the project, and where its clients' events are declared.
    private static IEnumerable<INamedTypeSymbol> Contracts(Compilation compilation, INamedTypeSymbol client) =>
        new[] { compilation.Assembly, client.ContainingAssembly }
            .Distinct<IAssemblySymbol>(SymbolEqualityComparer.Default)
            .SelectMany(static assembly => Types(assembly.GlobalNamespace))
            .Where(type => type.TypeKind is TypeKind.Interface && type.Interfaces.Any(candidate => Serves(candidate, client)));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(static member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
