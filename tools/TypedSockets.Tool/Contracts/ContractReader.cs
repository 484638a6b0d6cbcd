using System.Reflection;
using TypedSockets.Tool.Metadata;
using TypedSockets.Tool.Payloads;
using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.Contracts;

/// <summary>Reads contracts out of an assembly's metadata.</summary>
internal sealed class ContractReader(PayloadReader payloads)
{
    /// <summary>Returns the interfaces of an assembly that are marked as contracts, by name.</summary>
    public static IReadOnlyList<Type> Find(Assembly assembly) =>
        [.. assembly.GetTypes().Where(static type => type.IsInterface && type.Has(TypeNames.EventContractAttribute)).OrderBy(static type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The namespace on the wire.</summary>
    public static string NamespaceOf(Type contract) => contract.Find(TypeNames.EventContractAttribute)?.Argument() as string ?? "/";

    /// <summary>Reads a contract.</summary>
    /// <exception cref="ToolException">It is none that works.</exception>
    public ContractModel Read(Type contract)
    {
        var client = contract.GetInterfaces().FirstOrDefault(static type => type.DefinitionName() == TypeNames.ServerEvents)?.GetGenericArguments()[1]
            ?? throw new ToolException($"'{contract.FullName}' is marked [EventContract] but does not derive from IServerEvents<{contract.Name}, TClient>, so it names no client. Derive it.");
        return new ContractModel(contract, client, NamespaceOf(contract), ReadEvents(contract), ReadEvents(client));
    }

    private List<EventModel> ReadEvents(Type type)
    {
        var inherited = type.GetInterfaces().Where(static level => level.DefinitionName() is not (TypeNames.ServerEvents or TypeNames.ClientEvents));
        var methods = from level in inherited.Prepend(type)
                      from method in level.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).OrderBy(static method => method.MetadataToken)
                      where IsEvent(method)
                      select method;
        return [.. methods.Select(ReadEvent)];
    }

    // What brings its own body is no event.
    private static bool IsEvent(MethodInfo method) => method is { IsAbstract: true, IsSpecialName: false };

    private EventModel ReadEvent(MethodInfo method)
    {
        var name = method.Find(TypeNames.EventAttribute)?.Argument() as string ?? method.Name;
        var parameters = method.GetParameters().Where(static parameter => parameter.ParameterType.FullName != TypeNames.CancellationToken).ToList();
        var returned = TypeUseReader.Read(method.ReturnParameter);
        if (returned.Name == TypeNames.AsyncEnumerable || parameters.Exists(static parameter => parameter.ParameterType.DefinitionName() == TypeNames.AsyncEnumerable))
        {
            return new EventModel(name, method, [], AnswerKind.Stream, null);
        }

        var (answer, result) = ReadAnswer(method, returned);
        return new EventModel(name, method, [.. parameters.Select((parameter, index) => ReadParameter(method, parameter, parameters.Skip(index)))], answer, result) { Faults = ReadFaults(method) };
    }

    private List<FaultModel> ReadFaults(MethodInfo method)
    {
        var faults = from attribute in method.FindAll(TypeNames.FaultAttribute)
                     let type = TypeUseReader.Plain(attribute.AttributeType.GetGenericArguments()[0])
                     let name = attribute.Argument() as string ?? type.Type.Name.Split('`')[0]
                     select new FaultModel(name, payloads.Read(type, $"{method.Name}.[Fault]"));
        return [.. faults.OrderBy(static fault => fault.Name, StringComparer.Ordinal)];
    }

    private ParameterModel ReadParameter(MethodInfo method, ParameterInfo parameter, IEnumerable<ParameterInfo> rest)
    {
        var use = TypeUseReader.Read(parameter);
        var type = parameter.Find(TypeNames.PayloadFormatterAttribute) is null ? payloads.Read(use, $"{method.Name}.{parameter.Name}") : PayloadReader.ReadFormatted(use);
        return new ParameterModel(parameter.Name ?? "value", type, rest.All(static other => other.HasDefaultValue));
    }

    private (AnswerKind Answer, TypeExpression? Result) ReadAnswer(MethodInfo method, TypeUse returned) => returned.Name switch
    {
        "System.Void" => (AnswerKind.None, null),
        TypeNames.Task or TypeNames.ValueTask => (AnswerKind.Acknowledgement, null),
        TypeNames.Task + "`1" or TypeNames.ValueTask + "`1" => (AnswerKind.Acknowledgement, payloads.Read(returned.Arguments[0], method.Name + "()")),
        _ => throw new ToolException(
            $"'{method.DeclaringType?.Name}.{method.Name}' returns '{returned.Display}'; an event returns void, Task, ValueTask, Task<T>, ValueTask<T> or IAsyncEnumerable<T>. Build the contract with the source generator of TypedSockets, which reports this."),
    };
}
