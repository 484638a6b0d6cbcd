using System;
using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Dispatchers;

/// <summary>Writes the receiver's side of one direction: each event is decoded straight from the received bytes, and the handler is called.</summary>
internal sealed class DispatcherEmitter(SourceWriter source, string name, string interfaceType, string idsType, IReadOnlyList<EventModel> events, IReadOnlyList<EventModel> asked)
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string Call = "global::" + RuntimeTypes.EventCall + " call";

    public void Emit()
    {
        source.Separate();
        source.Open($"file sealed class {name}({interfaceType} handler) : global::{RuntimeTypes.EventDispatcher}");
        source.Write($"private readonly {interfaceType} _handler = handler;");
        source.Separate();
        if (asked.Any(static item => item.Answer != AnswerKind.None))
        {
            source.Write("public override bool MayAsk => true;");
            source.Separate();
        }

        source.Write($"public override {ValueTask} Dispatch(int eventId, ref global::{RuntimeTypes.MessagePackReader} reader, {Call}) => DispatchFrom(eventId, ref reader, call);");
        source.Separate();
        source.Write($"public override {ValueTask} Dispatch(int eventId, ref global::{RuntimeTypes.JsonReader} reader, {Call}) => DispatchFrom(eventId, ref reader, call);");
        source.Separate();
        source.Write($"private {ValueTask} DispatchFrom<TReader>(int eventId, ref TReader reader, {Call})\n    {CodecEmitter.ReaderConstraint}\n    => eventId switch");
        source.Write("{");
        source.Indent();
        foreach (var item in events)
        {
            source.Write($"{idsType}.{Identifiers.Escape(item.Identifier)} => {Method(item)}(ref reader, call),");
        }

        source.Write("_ => throw new global::System.ArgumentOutOfRangeException(nameof(eventId), eventId, \"The contract has no event of this id.\"),");
        source.Outdent();
        source.Write("};");
        foreach (var item in events)
        {
            source.Separate();
            EmitMethod(item);
            source.Separate();
            EmitHandler(item);
        }

        EmitKeys();
        source.Close();
    }

    private void EmitKeys()
    {
        var keyed = events.Where(static item => item.KeyIndex >= 0).ToList();
        if (keyed.Count == 0)
        {
            return;
        }

        source.Separate();
        source.Write($"public override object? GetConcurrencyKey(int eventId, ref global::{RuntimeTypes.MessagePackReader} reader) => ReadKey(eventId, ref reader);");
        source.Separate();
        source.Write($"public override object? GetConcurrencyKey(int eventId, ref global::{RuntimeTypes.JsonReader} reader) => ReadKey(eventId, ref reader);");
        source.Separate();
        source.Write($"private static object? ReadKey<TReader>(int eventId, ref TReader reader)\n    {CodecEmitter.ReaderConstraint}\n    => eventId switch");
        source.Write("{");
        source.Indent();
        foreach (var item in keyed)
        {
            source.Write($"{idsType}.{Identifiers.Escape(item.Identifier)} => KeyOf{item.Identifier}(ref reader),");
        }

        source.Write("_ => null,");
        source.Outdent();
        source.Write("};");
        foreach (var item in keyed)
        {
            source.Separate();
            source.Open($"private static object KeyOf{item.Identifier}<TReader>(ref TReader reader)\n    {CodecEmitter.ReaderConstraint}");
            source.Write("var left = reader.BeginArray();");
            for (var index = item.Parameters.Take(item.KeyIndex).Count(static parameter => parameter.StreamCodec is null); index > 0; index--)
            {
                source.Open("if (reader.HasNext(ref left))");
                source.Write("reader.Skip();");
                source.Close();
            }

            var key = item.Parameters[item.KeyIndex];
            source.Write(ValueEmitter.ReadLocal(key.Value, "key", "reader.HasNext(ref left)", key.Default, $"{item.Method}.{key.Name}"));
            source.Write("return key;");
            source.Close();
        }
    }

    private static string Method(EventModel item) => "Dispatch" + item.Identifier;

    private static string Handler(EventModel item) => "Handle" + item.Identifier;

    // One method for each event, so that no event pays for clearing the locals of the others.
    private void EmitMethod(EventModel item)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "reader", "call", "left", "_handler", "IsIntercepted", "Intercept", "InterceptStream", idsType, Handler(item) };
        var locals = item.Parameters.Select(parameter => Identifiers.Claim(taken, Identifiers.Escape(parameter.Name))).ToList();
        source.Open($"private {ValueTask} {Method(item)}<TReader>(ref TReader reader, {Call})\n    {CodecEmitter.ReaderConstraint}");
        if (item.HasStreams)
        {
            source.Open(FormattableString.Invariant($"if (!call.TryOpenStreams(received: {item.Streams.Count()}, sent: {(item.Answer == AnswerKind.Stream ? 1 : 0)}))"));
            source.Write("return default;");
            source.Close();
        }

        source.Write("var left = reader.BeginArray();");
        for (var index = 0; index < locals.Count; index++)
        {
            var parameter = item.Parameters[index];
            if (parameter.StreamCodec is not null)
            {
                continue;
            }

            source.Write(ValueEmitter.ReadLocal(parameter.Value, locals[index], "reader.HasNext(ref left)", parameter.Default, $"{item.Method}.{parameter.Name}"));
        }

        source.Write("reader.EndArray(left);");
        source.Write("reader.Complete();");
        var streams = item.Parameters.Zip(locals, static (parameter, local) => (parameter, local)).Where(static pair => pair.parameter.StreamCodec is not null).ToList();
        for (var index = 0; index < streams.Count; index++)
        {
            var (parameter, local) = streams[index];
            source.Write(FormattableString.Invariant($"var {local} = call.ReceiveStream<{parameter.Value.Type}, {parameter.StreamCodec}>({index + 1});"));
        }

        EmitInterception(item, locals);
        if (item.CancellationToken is not null)
        {
            locals.Add("call.CancellationToken");
        }

        var call = CallOf(item, locals);
        switch (item)
        {
            case { Answer: AnswerKind.None }:
                source.Write($"{call};");
                source.Write("return call.Complete();");
                break;
            case { Answer: AnswerKind.Stream, Result: { } streamed }:
                source.Write($"return call.SendStream<{streamed.Type}, {item.ResultCodec}>({call});");
                break;
            case { Result: { } result }:
                source.Write($"return call.Reply<{result.Type}, {item.ResultCodec}>({call});");
                break;
            default:
                source.Write($"return call.Complete({call});");
                break;
        }

        source.Close();
    }

    // Boxed only where something asks to see them; streams behind the others, as the caller's end has them.
    private void EmitInterception(EventModel item, List<string> locals)
    {
        source.Open($"if (IsIntercepted({idsType}.{Identifiers.Escape(item.Identifier)}))");
        var types = item.Result is { } result ? $"<{result.Type}, {item.ResultCodec}>" : "";
        var method = item.Answer == AnswerKind.Stream ? "InterceptStream" : "Intercept";
        source.Write($"return {method}{types}(call, [{string.Join(", ", Shown(item).Select(index => locals[index]))}], {Handler(item)});");
        source.Close();
    }

    private static List<int> Shown(EventModel item) => [.. Enumerable.Range(0, item.Parameters.Count).OrderBy(index => item.Parameters[index].StreamCodec is null ? 0 : 1)];

    private void EmitHandler(EventModel item)
    {
        var shown = Shown(item);
        var arguments = item.Parameters.Select((parameter, index) => FormattableString.Invariant($"({parameter.Type})arguments[{shown.IndexOf(index)}]!")).ToList();
        if (item.CancellationToken is not null)
        {
            arguments.Add("call.CancellationToken");
        }

        var call = CallOf(item, arguments);
        var type = item.Answer == AnswerKind.Stream ? $"{ValueTask}<{item.ReturnType}>" : item.Result is { } result ? $"{ValueTask}<{result.Type}>" : ValueTask;
        var header = $"private {type} {Handler(item)}(object?[] arguments, {Call})";
        switch (item.Answer)
        {
            case AnswerKind.None:
                source.Open(header);
                source.Write($"{call};");
                source.Write("return default;");
                source.Close();
                break;
            case AnswerKind.ValueTask:
                source.Write($"{header} =>\n    {call};");
                break;
            default:
                source.Write($"{header} =>\n    new({call});");
                break;
        }
    }

    // Through the interface that declares it: a base interface may have an event of the same name.
    private string CallOf(EventModel item, IEnumerable<string> arguments)
    {
        var handler = item.DeclaringType == interfaceType ? "_handler" : $"(({item.DeclaringType})_handler)";
        return $"{handler}.{item.Method}({string.Join(", ", arguments)})";
    }
}
