using System;
using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the codecs: straight-line code, so that the JIT sees all of it. No reflection, no delegates, no boxing.</summary>
internal sealed class CodecEmitter(SourceWriter source, IReadOnlyList<CodecModel> codecs)
{
    public const string ReaderConstraint = "where TReader : struct, global::" + RuntimeTypes.FormatReader + ", allows ref struct";
    public const string PayloadException = "global::" + RuntimeTypes.PayloadException;

    private const string WriterConstraint = "where TWriter : struct, global::" + RuntimeTypes.FormatWriter + ", allows ref struct";

    private readonly HashSet<string> _recursive = CodecGraph.FindRecursive(codecs);
    private readonly Dictionary<string, ObjectCodecModel> _objects = codecs.OfType<ObjectCodecModel>().ToDictionary(static type => type.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _unionCases = [.. codecs.OfType<UnionCodecModel>().SelectMany(static union => union.Cases).Select(static item => item.Value.Codec!)];

    /// <summary>The header of a method that writes in any format.</summary>
    public static string WriteHeader(string modifiers, string parameters, string name = "Write") =>
        $"{modifiers} void {name}<TWriter>(ref TWriter writer{parameters})\n    {WriterConstraint}";

    /// <summary>The header of a method that reads in any format.</summary>
    public static string ReadHeader(string modifiers, string type, string parameters = "", string name = "Read") =>
        $"{modifiers} {type} {name}<TReader>(ref TReader reader{parameters})\n    {ReaderConstraint}";

    /// <summary>The first statements of what writes a type that can contain itself.</summary>
    public static void EmitStackCheck(SourceWriter source)
    {
        source.Write("// The type can contain itself; a cycle of objects must end in an exception, not in the end of the process.");
        source.Write("global::System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();");
    }

    public void Emit()
    {
        foreach (var codec in codecs.Where(static codec => codec is not ExistingCodecModel))
        {
            source.Separate();
            source.Open($"file readonly struct {codec.Name} : {RuntimeTypes.Global(RuntimeTypes.PayloadCodec)}<{codec.Type}>");
            Emit(codec);
            source.Close();
        }
    }

    private void Emit(CodecModel codec)
    {
        switch (codec)
        {
            case ObjectCodecModel type:
                new ObjectEmitter(source, type, _recursive.Contains(type.Name), _unionCases.Contains(type.Name)).Emit();
                break;
            case UnionCodecModel union:
                new UnionEmitter(source, union, _objects, union.Cases.Any(item => _recursive.Contains(item.Value.Codec!))).Emit();
                break;
            case EnumCodecModel type:
                EnumEmitter.Emit(source, type);
                break;
            case SequenceCodecModel sequence:
                new SequenceEmitter(source, sequence).Emit();
                break;
            case GridCodecModel grid:
                new GridEmitter(source, grid).Emit();
                break;
            case MapCodecModel map:
                new MapEmitter(source, map).Emit();
                break;
            case ValueCodecModel wrapper:
                source.Open(WriteHeader("public static", $", {codec.Type} value"));
                ValueEmitter.Write(source, wrapper.Value, "value", "present");
                source.Close();
                source.Open(ReadHeader("public static", codec.Type));
                source.Write($"return {ValueEmitter.Read(wrapper.Value)};");
                source.Close();
                break;
            default:
                throw new InvalidOperationException($"Codec '{codec.Name}' is of an unknown kind.");
        }
    }
}
