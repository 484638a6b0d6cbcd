using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;

namespace TypedSockets.Generators.Use;

/// <summary>Recognises the interfaces whose methods are events.</summary>
internal static class ContractTypes
{
    /// <summary>Whether the type is, or implements, one end of a contract.</summary>
    public static bool IsContract(ITypeSymbol? type) => type is INamedTypeSymbol named && (IsRoot(named) || named.AllInterfaces.Any(IsRoot));

    /// <summary>The interface that every contract derives from whose clients handle certain events; null for any other.</summary>
    public static INamedTypeSymbol? FindServerEvents(INamedTypeSymbol type) =>
        type.AllInterfaces.FirstOrDefault(static candidate => candidate.HasMetadataName(RuntimeTypes.ServerEvents));

    /// <summary>The hub that a class derives from; null for any other class.</summary>
    public static INamedTypeSymbol? FindHub(INamedTypeSymbol type)
    {
        var level = type.BaseType;
        while (level is not null && !level.HasMetadataName(RuntimeTypes.Hub))
        {
            level = level.BaseType;
        }

        return level;
    }

    private static bool IsRoot(INamedTypeSymbol type) => type.HasMetadataName(RuntimeTypes.ServerEvents) || type.HasMetadataName(RuntimeTypes.ClientEvents);
}
