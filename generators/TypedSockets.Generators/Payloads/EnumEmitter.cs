using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the codecs of enums that have names in text formats. A value without a name travels as a number there as well.</summary>
internal static class EnumEmitter
{
    public static void Emit(SourceWriter source, EnumCodecModel type)
    {
        var number = type.Value with { Codec = null, IsNullable = false };
        source.Write($"private static readonly {RuntimeTypes.Global(RuntimeTypes.EnumNames)}<{type.Type}> s_names = new(");
        source.Indent();
        for (var index = 0; index < type.Members.Count; index++)
        {
            var member = type.Members[index];
            var end = index == type.Members.Count - 1 ? ");" : ",";
            source.Write($"({SymbolDisplay.FormatLiteral(member.TextName, quote: true)}, {type.Type}.{Identifiers.Escape(member.Name)}){end}");
        }

        if (type.Members.Count == 0)
        {
            source.Write(");");
        }

        source.Outdent();
        source.Separate();
        source.Open(CodecEmitter.WriteHeader("public static", $", {type.Type} value"));
        source.Open("if (TWriter.IsText && s_names.Find(value) is { } name)");
        source.Write("writer.WriteString(name);");
        source.Close();
        source.Open("else");
        ValueEmitter.Write(source, number, "value", "present");
        source.Close();
        source.Close();
        source.Open(CodecEmitter.ReadHeader("public static", type.Type));
        source.Write($"return TReader.IsText && reader.IsNextString() ? s_names.Parse(reader.ReadString()) : {ValueEmitter.Read(number)};");
        source.Close();
    }
}
