using System.Xml.Linq;
using TypedSockets.Tool.Contracts;
using TypedSockets.Tool.Documentation;
using TypedSockets.Tool.Metadata;
using TypedSockets.Tool.Payloads;

namespace TypedSockets.Tool.TypeScript;

/// <summary>Writes the declarations of contracts: two maps of events for each, and the payloads that they share.</summary>
internal sealed class ContractFile
{
    private const string Received = "ServerToClientEvents";
    private const string Sent = "ClientToServerEvents";

    private readonly IReadOnlyList<ContractModel> _contracts;
    private readonly string[] _prefixes;
    private readonly IReadOnlyList<Declaration> _declarations;
    private readonly DocumentationFiles _documentation;
    private readonly DocumentationText _text;
    private readonly TypeScriptWriter _writer = new();
    private readonly TypePrinter _types = new();
    private readonly EventPrinter _events;

    private ContractFile(IReadOnlyList<ContractModel> contracts, PayloadReader payloads, DocumentationFiles documentation)
    {
        _contracts = contracts;
        _prefixes = contracts.Count == 1 ? [""] : NameAssigner.Assign([.. contracts.Select(static contract => (PrefixOf(contract.Server), contract.Server))], static _ => false);
        _declarations = payloads.Declarations;
        _documentation = documentation;
        _events = new EventPrinter(_writer, _types);

        var taken = WireAlias.All.Select(static alias => alias.Name).Append(FaultType.Name).Append(FaultType.DeclaredName).Concat(_prefixes.SelectMany(static prefix => (string[])[prefix + Received, prefix + Sent])).ToHashSet();
        var names = NameAssigner.Assign([.. _declarations.Select(static item => (item.BaseName, item.Type.Type))], name => taken.Contains(name) || TypeScriptText.IsTakenType(name));
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (declaration, name) in _declarations.Zip(names))
        {
            declaration.Name = name;
            ids.TryAdd(DocumentationIds.Of(declaration.Type.Type), name);
        }

        _text = new DocumentationText(ids.GetValueOrDefault);
    }

    /// <summary>Returns the text of the file.</summary>
    /// <param name="source">The name of the assembly's file.</param>
    /// <param name="contracts">What it declares.</param>
    /// <param name="payloads">What has read their payloads.</param>
    /// <param name="documentation">What is written about them.</param>
    public static string Write(string source, IReadOnlyList<ContractModel> contracts, PayloadReader payloads, DocumentationFiles documentation)
    {
        var file = new ContractFile(contracts, payloads, documentation);
        file._writer.Line($"// Written by 'typedsockets typescript' from {source}. Run it again when a contract has changed: changes made here are lost.");
        file.WriteContracts();
        file.WriteDeclarations();
        return file._writer.ToString();
    }

    // IChatServer has ChatServerToClientEvents and ChatClientToServerEvents.
    private static string PrefixOf(Type contract)
    {
        const string Suffix = "Server";
        var name = contract.Name.Length > 1 && contract.Name[0] == 'I' && char.IsUpper(contract.Name[1]) ? contract.Name[1..] : contract.Name;
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }

    private void WriteContracts()
    {
        foreach (var (contract, prefix) in _contracts.Zip(_prefixes))
        {
            var example = $"`const socket: Socket<{prefix}{Received}, {prefix}{Sent}> = io({TypeScriptText.Quote(contract.Namespace)});`";
            WriteMap(prefix + Received, contract.Client, $"What clients are told in the namespace `{contract.Namespace}`: {example}", contract.ClientEvents, _events.WriteReceived);
            WriteMap(prefix + Sent, contract.Server, $"What clients send in the namespace `{contract.Namespace}`: {example}", contract.ServerEvents, _events.WriteSent);
        }
    }

    private void WriteMap(string name, Type type, string introduction, IReadOnlyList<EventModel> events, Action<EventModel> write)
    {
        _writer.Line();
        _writer.Comment(About(_documentation.Find(type), ["", introduction]));
        _writer.Open($"export interface {name} {{");
        foreach (var item in events)
        {
            if (item.Answer == AnswerKind.Stream)
            {
                _writer.Line($"// {item.WireName}: Socket.IO has no streams.");
                continue;
            }

            _writer.Comment(DocumentationOf(item));
            write(item);
        }

        _writer.Close("}");
    }

    private void WriteDeclarations()
    {
        foreach (var declaration in _declarations)
        {
            _writer.Line();
            Write(declaration);
        }

        if (_contracts.Any(static contract => contract.ServerEvents.Any(static item => item.Answer == AnswerKind.Acknowledgement)))
        {
            _writer.Line();
            FaultType.Write(_writer, [.. FaultType.Members(_contracts[0].Server).Select(member => (member.Name, Summary(_documentation.Find(member))))]);
        }

        if (_contracts.Any(static contract => contract.ServerEvents.Concat(contract.ClientEvents).Any(static item => item.Faults.Count > 0)))
        {
            _writer.Line();
            FaultType.WriteDeclared(_writer);
        }

        foreach (var alias in WireAlias.All.Where(_types.IsUsed))
        {
            _writer.Line();
            _writer.Comment(alias.Documentation);
            _writer.Line($"export type {alias.Name} = {alias.Type};");
        }
    }

    private void Write(Declaration declaration)
    {
        var documentation = _documentation.Find(declaration.Type.Type);
        switch (declaration)
        {
            case InterfaceDeclaration type:
                _writer.Comment(About(documentation));
                _writer.Open($"export interface {type.Name} {{");
                foreach (var member in type.Members)
                {
                    _writer.Comment(DocumentationOf(member));
                    _writer.Line($"{TypeScriptText.Member(member.Name)}: {_types.Print(member.Type)};");
                }

                _writer.Close("}");
                break;
            case EnumDeclaration type:
                _writer.Comment(About(documentation, [.. type.Values.Select(value => Bullet(type, value)).OfType<string>()]));
                var open = type.IsOpen || type.Values.Count == 0;
                var literals = type.Values.Where(_ => !open || type.IsText).Select(static value => value.Literal).Concat(open ? ["number"] : (string[])[]);
                _writer.Line($"export type {type.Name} = {string.Join(" | ", literals)};");
                break;
            case UnionDeclaration type:
                _writer.Comment(About(documentation, ["", $"`{type.Discriminator}` says which of them it is; write it first."]));
                _writer.Open($"export type {type.Name} =");
                for (var index = 0; index < type.Cases.Count; index++)
                {
                    var end = index == type.Cases.Count - 1 ? ";" : "";
                    _writer.Line($"| ({{ {TypeScriptText.Member(type.Discriminator)}: {type.Cases[index].Key} }} & {_types.Print(type.Cases[index].Type)}){end}");
                }

                _writer.Close();
                break;
            case FormattedDeclaration type:
                _writer.Comment(About(documentation, ["", "Code of its own writes it ([PayloadFormatter]), so what it looks like is not known here."]));
                _writer.Line($"export type {type.Name} = unknown;");
                break;
        }
    }

    private List<string> DocumentationOf(EventModel item)
    {
        var documentation = _documentation.Find(item.Method);
        var lines = About(documentation);
        foreach (var parameter in item.Parameters)
        {
            AddTag(lines, $"@param {TypeScriptText.Parameter(parameter.Name)}", _text.Lines(documentation?.Elements("param").FirstOrDefault(element => element.Attribute("name")?.Value == parameter.Name)));
        }

        if (item.Answer == AnswerKind.Acknowledgement)
        {
            AddTag(lines, $"@param {EventPrinter.CallbackName(item)}", _text.Lines(documentation?.Element("returns")));
        }

        AddObsolete(lines, item.Method.Find(TypeNames.Obsolete));
        return lines;
    }

    private List<string> DocumentationOf(MemberDeclaration member)
    {
        var lines = About(_documentation.Find(member.Source));
        if (lines.Count == 0 && member.Source.DeclaringType is { } type)
        {
            // What is written about a member of a record stands at the record's parameter.
            lines.AddRange(_text.Lines(_documentation.Find(type)?.Elements("param").FirstOrDefault(element => element.Attribute("name")?.Value == member.Source.Name)));
        }

        AddObsolete(lines, member.Source.Find(TypeNames.Obsolete));
        return lines;
    }

    private string? Bullet(EnumDeclaration type, (string Literal, System.Reflection.FieldInfo Member) value)
    {
        var about = string.Join(" ", Summary(_documentation.Find(value.Member)));
        // A name that travels says all that a number needs the name for.
        return (type.IsText, about) switch
        {
            (true, "") => null,
            (true, _) => $"- `{value.Literal}`: {about}",
            (false, "") => $"- `{value.Literal}` {value.Member.Name}",
            _ => $"- `{value.Literal}` {value.Member.Name}: {about}",
        };
    }

    private IReadOnlyList<string> Summary(XElement? documentation) => _text.Lines(documentation?.Element("summary"));

    /// <summary>The summary, what this tool adds to it, and the remarks.</summary>
    private List<string> About(XElement? documentation, params ReadOnlySpan<string> addition)
    {
        var lines = Summary(documentation).ToList();
        // An empty line separates; there is nothing to separate at the beginning.
        lines.AddRange(lines.Count == 0 && addition is ["", .. var rest] ? rest : addition);
        if (_text.Lines(documentation?.Element("remarks")) is { Count: > 0 } remarks)
        {
            AddTag(lines, "@remarks", remarks);
        }

        return lines;
    }

    private static void AddTag(List<string> lines, string tag, IReadOnlyList<string> text)
    {
        if (text.Count > 0)
        {
            lines.Add($"{tag} {text[0]}");
            lines.AddRange(text.Skip(1));
        }
    }

    private static void AddObsolete(List<string> lines, System.Reflection.CustomAttributeData? attribute)
    {
        if (attribute is not null)
        {
            lines.Add($"@deprecated {attribute.Argument()}".TrimEnd());
        }
    }
}
