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
    private const string Payload = "global::" + RuntimeTypes.Payload;

    /// <summary>Writes the payload of events without parameters.</summary>
    public static void EmitEmptyPayload(SourceWriter source)
    {
        source.Separate();
        source.Open($"file readonly struct {EmptyPayload} : {Payload}");
        EmitWrite(source, default, []);
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

        foreach (var item in events.Where(static item => item.Parameters.Count > 0))
        {
            source.Separate();
            EmitArguments(item);
        }

        source.Close();
    }

    private void EmitMethod(EventModel item)
    {
        var names = ParameterNames(item, "Sender", idsType);
        var token = item.CancellationToken is { } own ? Identifiers.Claim(new HashSet<string>(names, StringComparer.Ordinal) { "Sender", idsType }, Identifiers.Escape(own)) : null;
        var parameters = item.Parameters.Select((parameter, index) => $"{parameter.Value.Type} {names[index]}");
        if (token is not null)
        {
            parameters = parameters.Append($"global::System.Threading.CancellationToken {token}");
        }

        var header = $"{item.ReturnType} {item.DeclaringType}.{item.Method}({string.Join(", ", parameters)})";
        var payload = item.Parameters.Count == 0 ? EmptyPayload : item.Identifier + "Arguments";
        var arguments = $"{idsType}.{Identifiers.Escape(item.Identifier)}, new {payload}({string.Join(", ", names)})";
        if (item.Answer != AnswerKind.None)
        {
            var types = item.Result is { } result ? $"{payload}, {result.Type}, {item.ResultCodec}" : payload;
            var task = item.Answer == AnswerKind.Task ? ".AsTask()" : "";
            source.Write($"{header} =>\n    Sender.Request<{types}>({arguments}, {token ?? "default"}){task};");
        }
        else if (token is null)
        {
            source.Write($"{header} =>\n    Sender.Send({arguments});");
        }
        else
        {
            // Nothing can be taken back once the event is queued, so the token counts only before.
            source.Open(header);
            source.Write($"{token}.ThrowIfCancellationRequested();");
            source.Write($"Sender.Send({arguments});");
            source.Close();
        }
    }

    private void EmitArguments(EventModel item)
    {
        var names = ParameterNames(item, "writer");
        var parameters = item.Parameters.Select((parameter, index) => $"{parameter.Value.Type} {names[index]}");
        source.Open($"private readonly struct {item.Identifier}Arguments({string.Join(", ", parameters)}) : {Payload}");
        EmitWrite(source, item.Parameters, names);
        EmitValues(source, names);
        source.Close();
    }

    private static void EmitValues(SourceWriter source, List<string> names)
    {
        source.Separate();
        source.Write($"public object?[] ToValues() => [{string.Join(", ", names)}];");
    }

    private static void EmitWrite(SourceWriter source, EquatableArray<ParameterModel> parameters, List<string> names)
    {
        source.Open(CodecEmitter.WriteHeader("public", ""));
        source.Write(FormattableString.Invariant($"writer.BeginArray({parameters.Count});"));
        var locals = new HashSet<string>(names, StringComparer.Ordinal) { "writer" };
        for (var index = 0; index < parameters.Count; index++)
        {
            var parameter = parameters[index];
            var present = parameter.Value.IsNullable ? Identifiers.Claim(locals, "present") : "";
            ValueEmitter.Write(source, parameter.Value, names[index], present);
        }

        source.Write("writer.EndArray();");
        source.Close();
    }

    private static List<string> ParameterNames(EventModel item, params string[] taken)
    {
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        return [.. item.Parameters.Select(parameter => Identifiers.Claim(names, Identifiers.Escape(parameter.Name)))];
    }
}
