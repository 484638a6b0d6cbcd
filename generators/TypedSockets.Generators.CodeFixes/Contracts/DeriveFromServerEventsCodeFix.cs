using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Contracts;

/// <summary>
/// Derives a contract from <c>IServerEvents</c> of itself: corrects the one base that names another interface, or adds the base where one interface only can be the client's. It is not
/// offered where that is a choice.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeriveFromServerEventsCodeFix))]
public sealed class DeriveFromServerEventsCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.NotServerEvents.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        if (scope.FindNode(position) is not InterfaceDeclarationSyntax node
            || scope.Model.GetDeclaredSymbol(node, scope.CancellationToken) is not { IsGenericType: false } contract
            || scope.Model.Compilation.GetTypeByMetadataName(RuntimeTypes.ServerEvents) is not { } serverEvents)
        {
            return null;
        }

        var bases = contract.AllInterfaces.Where(type => SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, serverEvents)).ToList();
        var wrong = bases.Count == 1 ? BaseOf(scope, node, bases[0]) : null;
        var client = bases.Count == 0 ? FindClient(scope, contract) : wrong is null ? null : bases[0].TypeArguments[1];
        if (client is null)
        {
            return null;
        }

        var name = serverEvents.Construct(contract, client).ToMinimalDisplayString(scope.Model, node.Identifier.SpanStart);
        var type = SyntaxFactory.ParseTypeName(name);
        return new DocumentFix($"Derive from '{name}'", editor =>
        {
            if (wrong is not null)
            {
                editor.ReplaceNode(wrong, type.WithTriviaFrom(wrong));
            }
            else
            {
                editor.ReplaceNode(node, (current, _) => AddBase((InterfaceDeclarationSyntax)current, SyntaxFactory.SimpleBaseType(type)));
            }
        });
    }

    private static TypeSyntax? BaseOf(FixScope scope, InterfaceDeclarationSyntax node, INamedTypeSymbol type) =>
        node.BaseList?.Types
            .Select(static item => item.Type)
            .FirstOrDefault(item => SymbolEqualityComparer.Default.Equals(scope.Model.GetTypeInfo(item, scope.CancellationToken).Type, type));

    /// <summary>The only interface of client's events beside the contract; of several, the one whose name goes with the contract's.</summary>
    private static INamedTypeSymbol? FindClient(FixScope scope, INamedTypeSymbol contract)
    {
        IEnumerable<INamedTypeSymbol> neighbours = contract.ContainingType is { } outer ? outer.GetTypeMembers() : contract.ContainingNamespace.GetTypeMembers();
        var clients = neighbours
            .Where(static type => type is { TypeKind: TypeKind.Interface, IsGenericType: false } && type.AllInterfaces.Any(static item => item.HasMetadataName(RuntimeTypes.ClientEvents)))
            .Where(type => scope.Model.Compilation.IsSymbolAccessibleWithin(type, contract))
            .ToList();
        return clients.Count == 1 ? clients[0] : clients.SingleOrDefault(type => type.Name == contract.Name.Replace("Server", "Client"));
    }

    private static InterfaceDeclarationSyntax AddBase(InterfaceDeclarationSyntax contract, BaseTypeSyntax type)
    {
        if (contract.BaseList is { } list)
        {
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
            return contract.WithBaseList(list.WithTypes(SyntaxFactory.SeparatedList([type, .. list.Types], [comma, .. list.Types.GetSeparators()])));
        }

        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space);
        return contract
            .WithIdentifier(contract.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithBaseList(SyntaxFactory.BaseList(colon, SyntaxFactory.SingletonSeparatedList(type.WithTrailingTrivia(contract.Identifier.TrailingTrivia))));
    }
}
