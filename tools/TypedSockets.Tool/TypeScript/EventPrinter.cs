using TypedSockets.Tool.Contracts;

namespace TypedSockets.Tool.TypeScript;

/// <summary>Writes events as the functions that socket.io-client wants: their arguments, and a callback last for an acknowledgement.</summary>
internal sealed class EventPrinter(TypeScriptWriter writer, TypePrinter types)
{
    /// <summary>The name of the argument that takes the acknowledgement.</summary>
    public static string CallbackName(EventModel item)
    {
        var name = "callback";
        while (item.Parameters.Any(parameter => parameter.Name == name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>Writes an event that clients send.</summary>
    public void WriteSent(EventModel item)
    {
        var callback = item switch
        {
            { Answer: AnswerKind.None } => null,
            { Result: null } => $"(fault?: {FaultType.Name}{Faults(item)}) => void",
            { Result: KeywordType { Word: "unknown" } } => "(result: unknown) => void",
            _ => $"(result: {types.Print(item.Result)} | {FaultType.Name}{Faults(item)}) => void",
        };
        var optional = item.Parameters.Count(static parameter => parameter.IsOptional);
        if (callback is null)
        {
            writer.Line($"{TypeScriptText.Member(item.WireName)}: ({Arguments(item, item.Parameters.Count, isMarked: true)}) => void;");
        }
        else if (optional == 0)
        {
            writer.Line($"{TypeScriptText.Member(item.WireName)}: ({WithCallback(item, item.Parameters.Count, callback)}) => void;");
        }
        else
        {
            // The callback stands last also where arguments before it are left out, which no optional parameter can say.
            writer.Open($"{TypeScriptText.Member(item.WireName)}: (");
            writer.Open("...args:");
            for (var count = item.Parameters.Count - optional; count <= item.Parameters.Count; count++)
            {
                writer.Line($"| [{WithCallback(item, count, callback)}]");
            }

            writer.Close();
            writer.Close(") => void;");
        }
    }

    /// <summary>Writes an event that the server sends: it always sends every argument.</summary>
    public void WriteReceived(EventModel item)
    {
        var callback = item switch
        {
            { Answer: AnswerKind.None } => null,
            { Result: null, Faults.Count: 0 } => "() => void",
            { Result: null } => $"(fault?: {Faults(item)[" | ".Length..]}) => void",
            _ => $"(result: {types.Print(item.Result)}{Faults(item)}) => void",
        };
        var arguments = callback is null ? Arguments(item, item.Parameters.Count, isMarked: false) : WithCallback(item, item.Parameters.Count, callback);
        writer.Line($"{TypeScriptText.Member(item.WireName)}: ({arguments}) => void;");
    }

    /// <summary>The faults that the event declares, each with a bar in front.</summary>
    private string Faults(EventModel item) =>
        string.Concat(item.Faults.Select(fault => $" | {FaultType.DeclaredName}<{TypeScriptText.Quote(fault.Name)}, {types.Print(fault.Type)}>"));

    private string WithCallback(EventModel item, int count, string callback)
    {
        var arguments = Arguments(item, count, isMarked: false);
        return $"{arguments}{(count == 0 ? "" : ", ")}{CallbackName(item)}: {callback}";
    }

    private string Arguments(EventModel item, int count, bool isMarked) => string.Join(", ", item.Parameters.Take(count).Select(parameter =>
        $"{TypeScriptText.Parameter(parameter.Name)}{(isMarked && parameter.IsOptional ? "?" : "")}: {types.Print(parameter.Type)}"));
}
