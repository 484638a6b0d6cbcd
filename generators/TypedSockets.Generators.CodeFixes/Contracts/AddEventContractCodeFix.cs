using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.CodeFixes.Editing;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.CodeFixes.Contracts;

/// <summary>Marks a contract with <c>[EventContract]</c>. Its namespace on the wire comes from the interface's name: <c>/chat</c> for <c>IChatServer</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddEventContractCodeFix))]
public sealed class AddEventContractCodeFix : DocumentCodeFix
{
    private static readonly string[] s_suffixes = ["ServerEvents", "Server", "Events", "Contract", "Hub"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Descriptors.MissingAttribute.Id);

    private protected override DocumentFix? Find(FixScope scope, int position)
    {
        if (scope.FindNode(position) is not InterfaceDeclarationSyntax contract
            || scope.Model.Compilation.GetTypeByMetadataName(RuntimeTypes.EventContractAttribute) is not { } attribute)
        {
            return null;
        }

        var ns = Namespace(contract.Identifier.ValueText);
        var list = Attributes.List(Attributes.NameAt(scope.Model, contract.SpanStart, attribute), Attributes.Literal(ns));
        return new DocumentFix($"Mark '{contract.Identifier.ValueText}' with [EventContract(\"{ns}\")]", editor =>
        {
            // The generator asks for 'partial' next, so it comes along.
            editor.ReplaceNode(contract, static (current, _) => PartialModifier.Add((InterfaceDeclarationSyntax)current));
            Attributes.Add(editor, scope, contract, list);
        });
    }

    /// <summary>The words of the name without what says that it is an interface of events: <c>IGameLobbyServer</c> becomes <c>/game-lobby</c>.</summary>
    private static string Namespace(string name)
    {
        var core = name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;
        if (s_suffixes.FirstOrDefault(suffix => core.Length > suffix.Length && core.EndsWith(suffix, StringComparison.Ordinal)) is { } end)
        {
            core = core.Substring(0, core.Length - end.Length);
        }

        var text = new StringBuilder("/");
        for (var index = 0; index < core.Length; index++)
        {
            // A word begins where a capital follows a small letter, or where the last of several capitals has a small letter behind it.
            if (index > 0 && char.IsUpper(core[index]) && (char.IsLower(core[index - 1]) || (index + 1 < core.Length && char.IsLower(core[index + 1]))))
            {
                text.Append('-');
            }

            text.Append(char.ToLower(core[index], CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
