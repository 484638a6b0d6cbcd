using System;
using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Proxies;

/// <summary>Writes the caller's side of one direction: each method sends its event.</summary>
internal sealed class ProxyEmitter(SourceWriter source, string name, string interfaceType, string idsType, IReadOnlyList<EventModel> events)
{
    /// <summary>The name of the payload that all events without parameters share.</summary>
    public const string EmptyPayload = "NoArguments";

    private const string Sender = "global::" + RuntimeTypes.EventSender;
    private const string Proxy = "global::" + RuntimeTypes.EventProxy;
    private const string StreamSource = "global::" + RuntimeTypes.StreamSource;
    private const string Payload = "global::" + RuntimeTypes.Payload;
    private const string ConflatedPayload = "global::" + RuntimeTypes.ConflatedPayload;

    /// <summary>Writes the payload of events without parameters.</summary>
    /// <param name="source">Takes the code.</param>
    /// <param name="isConflated">Whether a newer one of such an event replaces one that waits.</param>
    public static void EmitEmptyPayload(SourceWriter source, bool isConflated)
    {
        source.Separate();
        source.Open($"file readonly struct {EmptyPayload} : {(isConflated ? ConflatedPayload : Payload)}");
        EmitWrite(source, [], []);
        if (isConflated)
        {
            EmitWriteKey(source, [], []);
        }

        EmitValues(source, []);
        source.Close();
    }

    public void Emit()
    {
        source.Separate();
        // A closed generic type cannot be named in a documentation comment.
        source.Write(interfaceType.Contains('<') ? "/// <inheritdoc/>" : $"/// <inheritdoc cref=\"{interfaceType}\"/>");
        source.Open($"file sealed class {name}({Sender} sender) : {Proxy}(sender), {interfaceType}");
        source.Write($"public override {Proxy} WithSender({Sender} sender) =>\n    new {name}(sender);");
        foreach (var item in events)
        {
            source.Separate();
            EmitMethod(item);
        }

        foreach (var item in events.Where(static item => item.Arguments.Any()))
        {
            source.Separate();
            EmitArguments(item);
        }

        source.Close();
    }

    private void EmitMethod(EventModel item)
    {
        var names = ParameterNames(item.Parameters, "Sender", idsType);
        var token = item.CancellationToken is { } own ? Identifiers.Claim(new HashSet<string>(names, StringComparer.Ordinal) { "Sender", idsType }, Identifiers.Escape(own)) : null;
        var parameters = item.Parameters.Select((parameter, index) => $"{parameter.Type} {names[index]}");
        if (token is not null)
        {
            parameters = parameters.Append($"global::System.Threading.CancellationToken {token}");
        }

        var header = $"{item.ReturnType} {item.DeclaringType}.{item.Method}({string.Join(", ", parameters)})";
        var payload = item.Arguments.Any() ? item.Identifier + "Arguments" : EmptyPayload;
        var passed = item.Parameters.Zip(names, static (parameter, name) => (Parameter: parameter, Name: name)).ToLookup(static pair => pair.Parameter.StreamCodec is not null);
        var streams = string.Join(", ", passed[true].Select(static pair => $"{StreamSource}.Of<{pair.Parameter.Value.Type}, {pair.Parameter.StreamCodec}>({pair.Name})"));
        var arguments = $"{idsType}.{Identifiers.Escape(item.Identifier)}, new {payload}({string.Join(", ", passed[false].Select(static pair => pair.Name))})";
        if (item.HasStreams)
        {
            arguments += $", [{streams}]";
        }

        if (item.Answer != AnswerKind.None)
        {
            var types = item.Result is { } result ? $"{payload}, {result.Type}, {item.ResultCodec}" : payload;
            var task = item.Answer == AnswerKind.Task ? ".AsTask()" : "";
            var method = item.Answer == AnswerKind.Stream ? "Stream" : "Request";
            source.Write($"{header} =>\n    Sender.{method}<{types}>({arguments}, {token ?? "default"}){task};");
        }
        else if (token is null)
        {
            source.Write($"{header} =>\n    Sender.{SendMethod(item.Delivery)}({arguments});");
        }
        else
        {
            // Nothing can be taken back once the event is queued, so the token counts only before.
            source.Open(header);
            source.Write($"{token}.ThrowIfCancellationRequested();");
            source.Write($"Sender.{SendMethod(item.Delivery)}({arguments});");
            source.Close();
        }
    }

    private void EmitArguments(EventModel item)
    {
        var arguments = item.Arguments.ToList();
        var names = ParameterNames(arguments, "writer");
        var parameters = arguments.Select((parameter, index) => $"{parameter.Type} {names[index]}");
        var isConflated = item.Delivery is DeliveryKind.Latest;
        source.Open($"private readonly struct {item.Identifier}Arguments({string.Join(", ", parameters)}) : {(isConflated ? ConflatedPayload : Payload)}");
        EmitWrite(source, arguments, names);
        if (isConflated)
        {
            var keys = arguments.Zip(names, static (parameter, name) => (Parameter: parameter, Name: name)).Where(static key => key.Parameter.IsKey).ToList();
            EmitWriteKey(source, keys.ConvertAll(static key => key.Parameter), keys.ConvertAll(static key => key.Name));
        }

        EmitValues(source, names);
        source.Close();
    }

    private static void EmitValues(SourceWriter source, List<string> names)
    {
        source.Separate();
        source.Write($"public object?[] ToValues() => [{string.Join(", ", names)}];");
    }

    // Which way an event goes is known here, so that the usual one looks nothing up.
    private static string SendMethod(DeliveryKind delivery) => delivery switch
    {
        DeliveryKind.Latest => "SendLatest",
        DeliveryKind.Droppable => "SendDroppable",
        _ => "Send",
    };

    private static void EmitWrite(SourceWriter source, List<ParameterModel> parameters, List<string> names)
    {
        source.Open(CodecEmitter.WriteHeader("public", ""));
        EmitArray(source, parameters, names);
        source.Close();
    }

    private static void EmitWriteKey(SourceWriter source, List<ParameterModel> keys, List<string> names)
    {
        source.Open($"public void WriteKey(ref {RuntimeTypes.Global(RuntimeTypes.MessagePackWriter)} writer)");
        EmitArray(source, keys, names);
        source.Close();
    }

    private static void EmitArray(SourceWriter source, List<ParameterModel> parameters, List<string> names)
    {
        source.Write(FormattableString.Invariant($"writer.BeginArray({parameters.Count});"));
        var locals = new HashSet<string>(names, StringComparer.Ordinal) { "writer" };
        for (var index = 0; index < parameters.Count; index++)
        {
            var parameter = parameters[index];
            var present = parameter.Value.IsNullable ? Identifiers.Claim(locals, "present") : "";
            ValueEmitter.Write(source, parameter.Value, names[index], present);
        }

        source.Write("writer.EndArray();");
    }

    private static List<string> ParameterNames(IEnumerable<ParameterModel> parameters, params string[] taken)
    {
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        return [.. parameters.Select(parameter => Identifiers.Claim(names, Identifiers.Escape(parameter.Name)))];
    }
}
