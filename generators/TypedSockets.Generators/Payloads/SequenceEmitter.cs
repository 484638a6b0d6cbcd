using System;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the codec of a list of any kind.</summary>
internal sealed class SequenceEmitter(SourceWriter source, SequenceCodecModel sequence)
{
    private const string List = "global::System.Collections.Generic.List";

    private readonly ValueModel _element = sequence.Element;

    public void Emit()
    {
        source.Open(CodecEmitter.WriteHeader("public static", $", {sequence.Type} value"));
        EmitWrite();
        source.Close();
        source.Open(CodecEmitter.ReadHeader("public static", sequence.Type));
        EmitRead();
        source.Close();
    }

    /// <summary>Begins a walk over what others may change meanwhile: then its count, which is already written, would be a lie.</summary>
    public static void OpenCounted(SourceWriter source, string collection, string begin, string item)
    {
        source.Write($"var left = {collection}.Count;");
        source.Write($"writer.{begin}(left);");
        source.Open($"foreach (var {item} in {collection})");
        source.Write("left--;");
    }

    /// <summary>Ends what <see cref="OpenCounted"/> began.</summary>
    public static void CloseCounted(SourceWriter source)
    {
        source.Close();
        source.Open("if (left != 0)");
        source.Write("throw new global::System.InvalidOperationException(\"A collection changed while it was written. Send a copy of one that others change.\");");
        source.Close();
    }

    /// <summary>The expression that creates an array. Its lengths stand in its first brackets, before those of its elements.</summary>
    public static string NewArray(string elementType, string lengths)
    {
        var core = elementType.Length;
        while (elementType.Substring(0, core).TrimEnd('?') is var rest && rest.EndsWith("]", StringComparison.Ordinal))
        {
            core = rest.LastIndexOf('[');
        }

        return core == elementType.Length ? $"new {elementType}[{lengths}]" : $"new {elementType.Substring(0, core)}[{lengths}]{elementType.Substring(core).Replace("?", "")}";
    }

    /// <summary>How the variable of an array is declared: an array of nullable arrays cannot be inferred from its creation.</summary>
    public static string Declaration(string elementType, string brackets) => elementType.EndsWith("]?", StringComparison.Ordinal) ? elementType + brackets : "var";

    private void EmitWrite()
    {
        switch (sequence.Form.Walk)
        {
            case SequenceWalk.Span:
                source.Write("var elements = global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(value);");
                source.Write("writer.BeginArray(elements.Length);");
                WriteEach("foreach (var element in elements)", "element");
                break;
            case SequenceWalk.Length or SequenceWalk.Count:
                source.Write($"writer.BeginArray(value.{sequence.Form.Walk});");
                WriteEach("foreach (var element in value)", "element");
                break;
            case SequenceWalk.ImmutableArray:
                source.Write("// One that nobody gave a value has no elements.");
                source.Write("var elements = value.IsDefault ? [] : value;");
                source.Write("writer.BeginArray(elements.Length);");
                WriteEach("foreach (var element in elements)", "element");
                break;
            case SequenceWalk.Index:
                source.Write("var count = value.Count;");
                source.Write("writer.BeginArray(count);");
                WriteEach("for (var index = 0; index < count; index++)", "value[index]");
                break;
            case SequenceWalk.Uncounted:
                source.Write($"var elements = new {List}<{_element.Type}>(value);");
                source.Write("writer.BeginArray(elements.Count);");
                WriteEach("foreach (var element in elements)", "element");
                break;
            default:
                WriteCounted();
                break;
        }

        source.Write("writer.EndArray();");
    }

    private void WriteEach(string loop, string element)
    {
        source.Open(loop);
        ValueEmitter.Write(source, _element, element, "present");
        source.Close();
    }

    private void WriteCounted()
    {
        var elements = "value";
        if (sequence.Form.Walk == SequenceWalk.Enumerable)
        {
            elements = "elements";
            source.Write($"var elements = value as global::System.Collections.Generic.IReadOnlyCollection<{_element.Type}> ?? new {List}<{_element.Type}>(value);");
        }

        OpenCounted(source, elements, "BeginArray", "element");
        ValueEmitter.Write(source, _element, "element", "present");
        CloseCounted(source);
    }

    private void EmitRead()
    {
        source.Write("var left = reader.BeginArray();");
        if (sequence.Form.Store is SequenceStore.Array or SequenceStore.ReversedArray)
        {
            ReadArray();
            return;
        }

        var store = sequence.Form.Store switch
        {
            SequenceStore.List => $"{List}<{_element.Type}>(global::System.Math.Max(left, 0))",
            SequenceStore.HashSet => $"global::System.Collections.Generic.HashSet<{_element.Type}>(global::System.Math.Max(left, 0))",
            SequenceStore.SizedSelf => $"{sequence.Type}(global::System.Math.Max(left, 0))",
            _ => $"{sequence.Type}()",
        };
        source.Write($"var elements = new {store};");
        if (sequence.Form.Store == SequenceStore.HashSet)
        {
            AddEachWatched();
        }
        else
        {
            AddEach(sequence.Form.Add);
        }

        source.Write("reader.EndArray();");
        source.Write($"return {Result("elements")};");
    }

    private void ReadArray()
    {
        source.Open("if (TReader.IsText)");
        source.Write($"var elements = new {List}<{_element.Type}>();");
        AddEach("Add");
        source.Write("reader.EndArray();");
        Return("elements.ToArray()", "elements.Reverse();", "elements");
        source.Close();
        source.Write($"{Declaration(_element.Type, "[]")} array = {NewArray(_element.Type, "left")};");
        source.Open("for (var index = 0; index < array.Length; index++)");
        source.Write($"array[index] = {ValueEmitter.Read(_element)};");
        source.Close();
        source.Write("reader.EndArray();");
        Return("array", "global::System.Array.Reverse(array);", "array");
    }

    private void Return(string array, string reverse, string reversed)
    {
        if (sequence.Form.Store == SequenceStore.ReversedArray)
        {
            source.Write(reverse);
            array = reversed;
        }

        source.Write($"return {Result(array)};");
    }

    private void AddEach(string add)
    {
        source.Open("while (reader.HasNext(ref left))");
        source.Write($"elements.{add}({ValueEmitter.Read(_element)});");
        source.Close();
    }

    private void AddEachWatched()
    {
        source.Write($"var spread = new global::TypedSockets.Formats.KeySpread<{_element.Type}>();");
        source.Open("while (reader.HasNext(ref left))");
        source.Write($"var element = {ValueEmitter.Read(_element)};");
        source.Write("spread.Add(element, elements);");
        source.Write("elements.Add(element);");
        source.Close();
    }

    private string Result(string elements) => sequence.Form.Result?.Replace("{0}", elements).Replace("{1}", _element.Type) ?? elements;
}
