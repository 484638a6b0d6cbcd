using System;
using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the codecs: straight-line code, so that the JIT sees all of it. No reflection, no delegates, no boxing.</summary>
internal sealed class CodecEmitter(SourceWriter source, IReadOnlyList<CodecModel> codecs)
{
    public const string WriterConstraint = "where TWriter : struct, global::" + RuntimeTypes.FormatWriter + ", allows ref struct";
    public const string PayloadException = "global::" + RuntimeTypes.PayloadException;

    private const string ReaderConstraint = "where TReader : struct, global::" + RuntimeTypes.FormatReader + ", allows ref struct";

    private readonly HashSet<string> _recursive = CodecGraph.FindRecursive(codecs);

    /// <summary>The header of a method that writes in any format.</summary>
    public static string WriteHeader(string modifiers, string parameters) => $"{modifiers} void Write<TWriter>(ref TWriter writer{parameters})\n    {WriterConstraint}";

    public void Emit()
    {
        foreach (var codec in codecs)
        {
            source.Separate();
            source.Open($"file readonly struct {codec.Name} : {RuntimeTypes.Global(RuntimeTypes.PayloadCodec)}<{codec.Type}>");
            source.Open(WriteHeader("public static", $", {codec.Type} value"));
            if (_recursive.Contains(codec.Name))
            {
                source.Write("// The type can contain itself; a cycle of objects must end in an exception, not in the end of the process.");
                source.Write("global::System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();");
            }

            EmitWrite(codec);
            source.Close();
            source.Open($"public static {codec.Type} Read<TReader>(ref TReader reader)\n    {ReaderConstraint}");
            EmitRead(codec);
            source.Close();
            source.Close();
        }
    }

    private void EmitWrite(CodecModel codec)
    {
        switch (codec)
        {
            case ValueCodecModel wrapper:
                ValueEmitter.Write(source, wrapper.Value, "value", "present");
                break;
            case ObjectCodecModel type:
                WriteMembers(type);
                break;
            case SequenceCodecModel sequence:
                WriteElements(sequence);
                break;
            case MapCodecModel map:
                WriteEntries(map);
                break;
        }
    }

    private void EmitRead(CodecModel codec)
    {
        switch (codec)
        {
            case ValueCodecModel wrapper:
                source.Write($"return {ValueEmitter.Read(wrapper.Value)};");
                break;
            case ObjectCodecModel type:
                ReadMembers(type);
                break;
            case SequenceCodecModel sequence:
                ReadElements(sequence);
                break;
            case MapCodecModel map:
                ReadEntries(map);
                break;
        }
    }

    private void WriteMembers(ObjectCodecModel type)
    {
        var locals = new HashSet<string>(StringComparer.Ordinal) { "writer", "value" };
        source.Write(FormattableString.Invariant($"writer.BeginObject({type.Members.Count});"));
        foreach (var member in type.Members)
        {
            ValueEmitter.Write(source, member.Value, $"value.{Identifiers.Escape(member.Name)}", Identifiers.Claim(locals, Identifiers.Local(member.Name)));
        }

        source.Write("writer.EndObject();");
    }

    private void ReadMembers(ObjectCodecModel type)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "reader", "count" };
        var locals = type.Members.Select(member => Identifiers.Claim(taken, Identifiers.Local(member.Name))).ToList();
        source.Write("var count = reader.BeginObject();");
        for (var index = 0; index < locals.Count; index++)
        {
            var member = type.Members[index];
            source.Write(ValueEmitter.ReadLocal(member.Value, locals[index], index, member.Default, $"{type.DisplayName}.{member.Name}"));
        }

        source.Write(FormattableString.Invariant($"reader.EndObject(count - {locals.Count});"));
        var created = $"{(type.IsTuple ? "" : "new " + type.Type)}({string.Join(", ", type.Constructor.Select(index => locals[index]))})";
        if (type.Initialized.Count == 0)
        {
            source.Write($"return {created};");
            return;
        }

        source.Write($"return {created}");
        source.Write("{");
        source.Indent();
        foreach (var index in type.Initialized)
        {
            source.Write($"{Identifiers.Escape(type.Members[index].Name)} = {locals[index]},");
        }

        source.Outdent();
        source.Write("};");
    }

    private void WriteElements(SequenceCodecModel sequence)
    {
        switch (sequence.Kind)
        {
            case SequenceKind.Array or SequenceKind.List:
                source.Write($"writer.BeginArray(value.{(sequence.Kind == SequenceKind.Array ? "Length" : "Count")});");
                source.Open("foreach (var element in value)");
                ValueEmitter.Write(source, sequence.Element, "element", "present");
                source.Close();
                break;
            case SequenceKind.MutableListInterface or SequenceKind.ReadOnlyListInterface:
                source.Write("var count = value.Count;");
                source.Write("writer.BeginArray(count);");
                source.Open("for (var index = 0; index < count; index++)");
                ValueEmitter.Write(source, sequence.Element, "value[index]", "present");
                source.Close();
                break;
            default:
                var elements = "value";
                if (sequence.Kind == SequenceKind.Enumerable)
                {
                    elements = "elements";
                    var collection = $"global::System.Collections.Generic.IReadOnlyCollection<{sequence.Element.Type}>";
                    source.Write($"var elements = value as {collection} ?? new global::System.Collections.Generic.List<{sequence.Element.Type}>(value);");
                }

                OpenCounted(elements, "BeginArray", "element");
                ValueEmitter.Write(source, sequence.Element, "element", "present");
                CloseCounted();
                break;
        }

        source.Write("writer.EndArray();");
    }

    private void WriteEntries(MapCodecModel map)
    {
        if (map.IsInterface)
        {
            OpenCounted("value", "BeginMap", "entry");
        }
        else
        {
            source.Write("writer.BeginMap(value.Count);");
            source.Open("foreach (var entry in value)");
        }

        ValueEmitter.Write(source, map.Key, "entry.Key", "key");
        ValueEmitter.Write(source, map.Value, "entry.Value", "present");
        if (map.IsInterface)
        {
            CloseCounted();
        }
        else
        {
            source.Close();
        }

        source.Write("writer.EndMap();");
    }

    // Behind an interface may be a concurrent collection: it can be walked while others change it, and then its count, which is already written, would be a lie.
    private void OpenCounted(string collection, string begin, string item)
    {
        source.Write($"var left = {collection}.Count;");
        source.Write($"writer.{begin}(left);");
        source.Open($"foreach (var {item} in {collection})");
        source.Write("left--;");
    }

    private void CloseCounted()
    {
        source.Close();
        source.Open("if (left != 0)");
        source.Write("throw new global::System.InvalidOperationException(\"A collection changed while it was written. Send a copy of one that others change.\");");
        source.Close();
    }

    private void ReadElements(SequenceCodecModel sequence)
    {
        var element = sequence.Element;
        var isList = sequence.Kind is SequenceKind.List or SequenceKind.MutableListInterface or SequenceKind.MutableCollectionInterface;
        source.Write("var count = reader.BeginArray();");
        source.Write(isList
            ? $"var elements = new global::System.Collections.Generic.List<{element.Type}>(count);"
            : $"{(element.Type.EndsWith("]?", StringComparison.Ordinal) ? element.Type + "[]" : "var")} elements = {NewArray(element.Type)};");
        source.Open("for (var index = 0; index < count; index++)");
        source.Write(isList ? $"elements.Add({ValueEmitter.Read(element)});" : $"elements[index] = {ValueEmitter.Read(element)};");
        source.Close();
        source.Write("reader.EndArray();");
        source.Write("return elements;");
    }

    /// <summary>The length of an array of arrays stands in its first brackets, before those of its elements.</summary>
    private static string NewArray(string elementType)
    {
        var core = elementType.Length;
        while (elementType.Substring(0, core).TrimEnd('?') is var rest && rest.EndsWith("[]", StringComparison.Ordinal))
        {
            core = rest.Length - 2;
        }

        var brackets = elementType.Substring(core).Replace("?", "");
        return core == elementType.Length ? $"new {elementType}[count]" : $"new {elementType.Substring(0, core)}[count]{brackets}";
    }

    private void ReadEntries(MapCodecModel map)
    {
        source.Write("var count = reader.BeginMap();");
        source.Write($"var entries = new global::System.Collections.Generic.Dictionary<{map.Key.Type}, {map.Value.Type}>(count);");
        source.Open("for (var index = 0; index < count; index++)");
        source.Write($"var key = {ValueEmitter.Read(map.Key)};");
        source.Open($"if (!entries.TryAdd(key, {ValueEmitter.Read(map.Value)}))");
        source.Write($"throw new {PayloadException}(\"A key stands twice in a dictionary.\");");
        source.Close();
        source.Close();
        source.Write("reader.EndMap();");
        source.Write("return entries;");
    }
}
