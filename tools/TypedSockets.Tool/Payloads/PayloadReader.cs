using TypedSockets.Tool.Metadata;
using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.Payloads;

/// <summary>Reads the types that travel, by the rules of the source generator and of the JSON format. Each type that needs a name is declared the first time it is met.</summary>
internal sealed class PayloadReader
{
    private const int MaxTupleArity = 8;

    private readonly Dictionary<string, Declaration> _declared = new(StringComparer.Ordinal);
    private readonly List<Declaration> _declarations = [];

    /// <summary>In the order in which they were met.</summary>
    public IReadOnlyList<Declaration> Declarations => _declarations;

    /// <summary>Returns what a type is in TypeScript.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">Where it stands, such as <c>Say.line.Owner</c>.</param>
    /// <exception cref="ToolException">It cannot travel.</exception>
    public TypeExpression Read(TypeUse type, string path)
    {
        var core = ReadCore(type, path);
        return type.IsNullable ? new NullableType(core) : core;
    }

    /// <summary>Where the value stands that a formatter of its own writes: nobody else knows what that is.</summary>
    public static TypeExpression ReadFormatted(TypeUse type) => type.IsNullable ? new NullableType(TypeExpression.Unknown) : TypeExpression.Unknown;

    private TypeExpression ReadCore(TypeUse type, string path)
    {
        var definition = type.Type;
        if (!definition.IsArray && definition.Has(TypeNames.PayloadFormatterAttribute))
        {
            return Declare(type.Key, () => new FormattedDeclaration(type, BaseName(type)));
        }

        if (Scalars.Find(type.Name) is { } scalar)
        {
            return scalar;
        }

        if (Collections.IsBytes(type))
        {
            return new WireType(WireAlias.Bytes);
        }

        if (definition.IsEnum)
        {
            return Declare(type.Key, () => EnumReader.Read(type, BaseName(type)));
        }

        if (Collections.IsSequence(type))
        {
            return new ArrayType(Read(type.Arguments[0], path + "[]"));
        }

        if (definition.IsArray)
        {
            return Enumerable.Range(0, definition.GetArrayRank()).Aggregate(Read(type.Arguments[0], path + "[]"), static (element, _) => new ArrayType(element));
        }

        if (Collections.IsMap(type))
        {
            var key = Read(type.Arguments[0], path + ".Keys");
            var isClosed = key is DeclaredType { Declaration: EnumDeclaration { IsText: true, IsOpen: false } };
            return new MapType(isClosed ? key : null, Read(type.Arguments[1], path + "[]"));
        }

        return UnionReader.IsUnion(definition) ? ReadUnion(type, path)
            : IsTuple(type) ? ReadTuple(type, path)
            : ReadObject(type, type.Key, BaseName(type), path);
    }

    private DeclaredType ReadUnion(TypeUse type, string path)
    {
        var isNew = !_declared.ContainsKey(type.Key);
        var declared = Declare(type.Key, () => new UnionDeclaration(type, BaseName(type), UnionReader.Discriminator(type.Type)));
        if (isNew && declared.Declaration is UnionDeclaration union)
        {
            // The name of a type that is one of its own union is taken by the union.
            union.Cases =
            [
                .. UnionReader.Cases(type.Type).Select(item => (item.Key, (TypeExpression)ReadObject(
                    item.Type,
                    UnionReader.IsUnion(item.Type.Type) ? item.Type.Key + " itself" : item.Type.Key,
                    UnionReader.IsUnion(item.Type.Type) ? BaseName(item.Type) + "Itself" : BaseName(item.Type),
                    $"{path}<{item.Type.Display}>"))),
            ];
        }

        return declared;
    }

    private DeclaredType ReadObject(TypeUse type, string key, string baseName, string path)
    {
        if (FindProblem(type) is { } problem)
        {
            throw new ToolException($"'{path}' is of type '{type.Display}', which cannot travel: {problem}. Build the contract with the source generator of TypedSockets, which reports such types.");
        }

        var isNew = !_declared.ContainsKey(key);
        var declared = Declare(key, () => new InterfaceDeclaration(type, baseName));
        if (isNew && declared.Declaration is InterfaceDeclaration declaration)
        {
            declaration.Members =
            [
                .. ObjectReader.Read(type).Select(item => new MemberDeclaration(
                    PayloadAttributes.NameOf(item.Member),
                    item.IsFormatted ? ReadFormatted(item.Type) : Read(item.Type, $"{path}.{item.Member.Name}"),
                    item.Member)),
            ];
        }

        return declared;
    }

    private DeclaredType Declare(string key, Func<Declaration> create)
    {
        if (!_declared.TryGetValue(key, out var declaration))
        {
            declaration = create();
            _declared.Add(key, declaration);
            _declarations.Add(declaration);
        }

        return new DeclaredType(declaration);
    }

    private static bool IsTuple(TypeUse type) =>
        type.Type.IsTuple() || (type.Name.StartsWith("System.Tuple`", StringComparison.Ordinal) && type.Arguments.Count < MaxTupleArity);

    private TupleType ReadTuple(TypeUse type, string path)
    {
        var elements = new List<TypeUse>();
        for (var rest = type; ;)
        {
            var isLong = rest.Type.IsTuple() && rest.Arguments.Count == MaxTupleArity;
            elements.AddRange(isLong ? rest.Arguments.Take(MaxTupleArity - 1) : rest.Arguments);
            if (!isLong)
            {
                break;
            }

            rest = rest.Arguments[MaxTupleArity - 1];
        }

        // TypeScript wants a name for each element or for none.
        var hasNames = type.ElementNames.Any(static name => name is not null);
        return new TupleType([.. elements.Select((element, index) =>
        {
            var name = type.ElementNames.ElementAtOrDefault(index) ?? $"item{index + 1}";
            return (hasNames ? PayloadAttributes.CamelCase(name) : null, Read(element, $"{path}.{name}"));
        })]);
    }

    private static string? FindProblem(TypeUse type) => type.Type switch
    {
        { IsGenericParameter: true } => "it is not known before the contract is used",
        { IsPointer: true } or { IsFunctionPointer: true } => "an address means nothing in another process",
        { IsInterface: true } or { IsAbstract: true } => "a reader would not know which type to create",
        _ when type.Name is "System.Collections.Generic.KeyValuePair`2" => null,
        { Namespace: { } ns } when ns.Split('.')[0] is "System" or "Microsoft" => "it is not one of the types of the base library that travel",
        _ => null,
    };

    /// <summary>A name that reads well: <c>Line</c>, <c>LinePage</c> for <c>Page&lt;Line&gt;</c>.</summary>
    private static string BaseName(TypeUse type)
    {
        if (type.Type.IsArray)
        {
            return ArgumentName(type.Arguments[0]) + "Array";
        }

        var name = type.Type.Name.Split('`')[0];
        return string.Concat(type.Arguments.Select(ArgumentName)) + (IsInterfaceName(type.Type, name) ? name[1..] : name);
    }

    private static bool IsInterfaceName(Type type, string name) => type.IsInterface && name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);

    private static string ArgumentName(TypeUse type) => (type.IsNullable ? "Nullable" : "") + BaseName(type);
}
