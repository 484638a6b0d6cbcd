using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>Reads a contract. The generator takes the model and the analyzer the violations, so each rule exists once.</summary>
internal sealed class ContractParser
{
    private readonly INamedTypeSymbol _contract;
    private readonly ViolationList _violations;
    private readonly PayloadParser _payloads;
    private readonly EventParser _events;

    private ContractParser(INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        _contract = contract;
        _violations = new ViolationList();
        _payloads = new PayloadParser(_violations, cancellationToken);
        _events = new EventParser(_violations, _payloads);
    }

    /// <summary>Whether the interface derives from the base of contracts.</summary>
    public static bool DerivesFromServerEvents(INamedTypeSymbol type) => type.Interfaces.Any(IsServerEvents);

    /// <summary>Returns the attribute that makes an interface a contract; null when it has none.</summary>
    public static AttributeData? FindAttribute(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(IsContractAttribute);

    /// <summary>The interface's name with its namespace and containing types.</summary>
    public static string FullNameOf(INamedTypeSymbol contract) => contract.ToDisplayString().Replace("@", "");

    /// <summary>The namespace on the wire, which may not be valid.</summary>
    public static string NamespaceOf(AttributeData attribute) => attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";

    /// <summary>Returns the model of a valid contract, or what is wrong with it. Neither comes back when it names types that do not exist: the compiler reports those.</summary>
    public static (ContractModel? Model, IReadOnlyList<Violation> Violations) Parse(INamedTypeSymbol contract, AttributeData attribute, CancellationToken cancellationToken)
    {
        var (model, violations, _) = ParseWithSymbols(contract, attribute, cancellationToken);
        return (model, violations);
    }

    /// <inheritdoc cref="Parse(INamedTypeSymbol, AttributeData, CancellationToken)"/>
    /// <remarks>Returns where its parts are declared as well, for whoever has more to say about them.</remarks>
    public static (ContractModel? Model, IReadOnlyList<Violation> Violations, ContractSymbols? Symbols) ParseWithSymbols(
        INamedTypeSymbol contract, AttributeData attribute, CancellationToken cancellationToken)
    {
        var parser = new ContractParser(contract, cancellationToken);
        var model = parser.Parse(attribute);
        return (model, parser._violations.Violations, model is null ? null : new ContractSymbols(contract, parser.FindClient()!, parser._payloads.Types));
    }

    private static bool IsContractAttribute(AttributeData attribute) => attribute.AttributeClass?.HasMetadataName(RuntimeTypes.EventContractAttribute) is true;

    private static bool IsServerEvents(INamedTypeSymbol type) => type.HasMetadataName(RuntimeTypes.ServerEvents);

    private ContractModel? Parse(AttributeData attribute)
    {
        CheckDeclaration();
        var ns = ParseNamespace(attribute);
        if (FindClient() is not { } client)
        {
            return null;
        }

        var serverEvents = _events.Parse(_contract);
        var clientEvents = _events.Parse(client);
        var authentication = new AuthenticationParser(_violations, _payloads).Parse(_contract, attribute);
        CheckTakenNames();
        if (!_violations.IsEmpty)
        {
            return null;
        }

        var shape = new WireShape(_payloads.Codecs);
        serverEvents = [.. serverEvents.Select(item => item with { Fingerprint = Fingerprint.OfEvent("server", item, shape) })];
        clientEvents = [.. clientEvents.Select(item => item with { Fingerprint = Fingerprint.OfEvent("client", item, shape) })];
        var fullName = FullNameOf(_contract);
        return new ContractModel(
            _contract.Name,
            fullName,
            _contract.ContainingNamespace.IsGlobalNamespace ? "" : _contract.ContainingNamespace.ToDisplayString(SymbolNames.Escaped),
            new EquatableArray<string>(ContainingTypes().Reverse().Select(Header)),
            SymbolNames.Of(_contract),
            SymbolNames.Of(client),
            ns,
            authentication,
            new ContractDescriber(_payloads).Describe(fullName, ns, authentication, serverEvents, clientEvents),
            Fingerprint.OfContract(serverEvents, clientEvents),
            new EquatableArray<EventModel>(serverEvents),
            new EquatableArray<EventModel>(clientEvents),
            new EquatableArray<CodecModel>(_payloads.Codecs));
    }

    private void CheckDeclaration()
    {
        foreach (var type in ContainingTypes().Prepend(_contract))
        {
            if (!IsPartial(type))
            {
                _violations.Add(Descriptors.NotPartial, type, type.Name, _contract.Name);
            }

            if (type.IsFileLocal || type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                _violations.Add(Descriptors.InaccessibleContract, _contract, _contract.Name, type.Name);
            }
        }

        if (_contract.IsGenericType)
        {
            _violations.Add(Descriptors.GenericContract, _contract, _contract.Name);
        }
    }

    private string ParseNamespace(AttributeData attribute)
    {
        var ns = NamespaceOf(attribute);
        // The comma ends the namespace in a Socket.IO packet, and the question mark begins its query (Socket.IO protocol 5, "Packet encoding").
        if (ns.Length == 0 || ns[0] != '/' || ns.Any(character => character is ',' or '?' || char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            var argument = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault();
            _violations.Add(Descriptors.BadNamespace, argument?.GetLocation() ?? _contract.Locations[0], ns, _contract.Name);
        }

        return ns;
    }

    private INamedTypeSymbol? FindClient()
    {
        var bases = _contract.AllInterfaces.Where(IsServerEvents).ToList();
        if (bases.Count != 1 || !SymbolEqualityComparer.Default.Equals(bases[0].TypeArguments[0], _contract))
        {
            _violations.Add(Descriptors.NotServerEvents, _contract, _contract.Name);
            return null;
        }

        if (bases[0].TypeArguments[1] is INamedTypeSymbol { TypeKind: TypeKind.Interface } client)
        {
            return client;
        }

        // Not an interface, or no type at all: the compiler says so, as the constraint of IServerEvents is broken.
        _violations.AddUnresolved();
        return null;
    }

    private void CheckTakenNames()
    {
        foreach (var method in _contract.AllInterfaces.Prepend(_contract).SelectMany(static type => type.GetMembers("Contract")).OfType<IMethodSymbol>())
        {
            _violations.Add(Descriptors.TakenName, method, $"{method.ContainingType.Name}.{method.Name}");
        }
    }

    private IEnumerable<INamedTypeSymbol> ContainingTypes()
    {
        for (var type = _contract.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Header(INamedTypeSymbol type)
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Interface, _) => "interface",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Struct, true) => "record struct",
            (_, true) => "record",
            _ => "class",
        };
        return $"partial {keyword} {Identifiers.Escape(type.Name)}";
    }
}
