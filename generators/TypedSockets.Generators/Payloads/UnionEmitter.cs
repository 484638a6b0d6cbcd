using System;
using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the codec of a union: the key and the object as an array of two; in text formats the object with the key as its first member.</summary>
internal sealed class UnionEmitter(SourceWriter source, UnionCodecModel union, IReadOnlyDictionary<string, ObjectCodecModel> cases, bool isRecursive)
{
    private readonly bool _hasTextKeys = union.Cases.Any(static item => item.TextKey[0] == '"');

    public void Emit()
    {
        source.Open(CodecEmitter.WriteHeader("public static", $", {union.Type} value"));
        EmitWrite();
        source.Close();
        source.Open(CodecEmitter.ReadHeader("public static", union.Type));
        EmitRead();
        source.Close();
    }

    private void EmitWrite()
    {
        if (isRecursive)
        {
            CodecEmitter.EmitStackCheck(source);
        }

        source.Open("switch (value)");
        foreach (var item in union.Cases)
        {
            // A type that derives from one of the union is not of the union by itself.
            var condition = item.IsSealed ? "" : $" when present.GetType() == typeof({item.Value.Type})";
            source.Write($"case {item.Value.Type} present{condition}:");
            source.Indent();
            source.Open("if (TWriter.IsText)");
            source.Write(FormattableString.Invariant($"writer.BeginNamedObject({cases[item.Value.Codec!].Members.Count + 1});"));
            source.Write($"writer.WriteName({ObjectEmitter.Utf8(union.Discriminator)});");
            source.Write(_hasTextKeys ? $"writer.WriteString({item.TextKey});" : $"writer.WriteInt32({item.TextKey});");
            source.Write($"{item.Value.Codec}.WriteMembers(ref writer, present);");
            source.Write("writer.EndObject();");
            source.Close();
            source.Open("else");
            source.Write("writer.BeginArray(2);");
            source.Write(FormattableString.Invariant($"writer.WriteInt32({item.Key});"));
            source.Write($"{item.Value.Codec}.Write(ref writer, present);");
            source.Write("writer.EndArray();");
            source.Close();
            source.Write("break;");
            source.Outdent();
        }

        source.Write("default:");
        source.Indent();
        source.Write($"throw new global::System.InvalidOperationException($\"Type '{{value.GetType()}}' is not one of the union '{union.DisplayName}'; name it in an attribute of the union.\");");
        source.Outdent();
        source.Close();
    }

    private void EmitRead()
    {
        source.Open("if (TReader.IsText)");
        source.Write("var left = reader.BeginNamedObject();");
        source.Open($"if (!reader.HasNext(ref left) || !global::System.MemoryExtensions.SequenceEqual(reader.ReadName(), {ObjectEmitter.Utf8(union.Discriminator)}))");
        source.Write($"throw new {CodecEmitter.PayloadException}(\"An object of the union '{union.DisplayName}' does not begin with its member '{union.Discriminator}'.\");");
        source.Close();
        EmitSwitch($"return reader.{(_hasTextKeys ? "ReadString" : "ReadInt32")}()", static item => item.TextKey, static item => $"{item.Value.Codec}.ReadMembers(ref reader, left)");
        source.Close();
        source.Write("var count = reader.BeginArray();");
        source.Open("if (count != 2)");
        source.Write($"throw new {CodecEmitter.PayloadException}($\"A value of the union '{union.DisplayName}' has 2 elements, a key and an object, not {{count}}.\");");
        source.Close();
        EmitSwitch($"{union.Type} value = reader.ReadInt32()", static item => FormattableString.Invariant($"{item.Key}"), static item => $"{item.Value.Codec}.Read(ref reader)");
        source.Write("reader.EndArray();");
        source.Write("return value;");
    }

    private void EmitSwitch(string value, Func<UnionCaseModel, string> keyOf, Func<UnionCaseModel, string> read)
    {
        source.Write($"{value} switch");
        source.Write("{");
        source.Indent();
        foreach (var item in union.Cases.OrderBy(static item => item.Key))
        {
            source.Write($"{keyOf(item)} => {read(item)},");
        }

        source.Write($"_ => throw new {CodecEmitter.PayloadException}(\"The union '{union.DisplayName}' has no type of the key that was received; the peer's contract is newer.\"),");
        source.Outdent();
        source.Write("};");
    }
}
