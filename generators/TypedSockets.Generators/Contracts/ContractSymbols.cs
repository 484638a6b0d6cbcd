using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Protocol.Shapes;

namespace TypedSockets.Generators.Contracts;

/// <summary>Where the parts of a contract are declared. It holds symbols, so it lives only as long as one analysis.</summary>
internal sealed class ContractSymbols(INamedTypeSymbol server, INamedTypeSymbol client, IReadOnlyDictionary<string, INamedTypeSymbol> types)
{
    public INamedTypeSymbol Contract { get; } = server;

    /// <summary>The contract, or what is named in it as far as it is declared somewhere.</summary>
    /// <param name="event">An event; null for a type.</param>
    /// <param name="type">A type, as it is described; null for an event.</param>
    /// <param name="member">The parameter of the event, or the member of the type; null for itself.</param>
    public ISymbol Find(EventKey? @event, string? type, string? member)
    {
        ISymbol? found = @event is { } key ? FindEvent(key) : null;
        found = type is null ? found : types.FirstOrDefault(item => ContractDescriber.NameOf(item.Key) == type).Value;
        return found switch
        {
            IMethodSymbol method => method.Parameters.FirstOrDefault(parameter => parameter.Name == member) ?? found,
            INamedTypeSymbol named when member is not null => FindMember(named, member) ?? found,
            _ => found ?? Contract,
        };
    }

    private IMethodSymbol? FindEvent(EventKey key)
    {
        var type = key.IsServerEvent ? Contract : client;
        return type.AllInterfaces.Prepend(type)
            .SelectMany(static level => level.GetMembers())
            .OfType<IMethodSymbol>()
            .FirstOrDefault(method => method.IsAbstract && EventParser.WireNameOf(method) == key.Name);
    }

    private static ISymbol? FindMember(INamedTypeSymbol type, string name)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers(name).FirstOrDefault() is { } member)
            {
                return member;
            }
        }

        return null;
    }
}
