using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>
/// Writes the codec of an object. Binary formats tell its members apart by position, in straight-line code, and text formats by name; the format's <c>IsText</c> is a constant, so
/// the JIT drops the branches that are not taken.
/// </summary>
internal sealed class ObjectEmitter(SourceWriter source, ObjectCodecModel type, bool isRecursive, bool isUnionCase)
{
    private const string BinaryNames = "s_binaryNames";
    private const string TextNames = "s_names";

    private readonly bool _hasOwnBinaryNames = type.Layout == ObjectLayout.Names && type.Members.Any(static member => member.BinaryName != member.TextName);

    public void Emit()
    {
        if (type.Layout != ObjectLayout.Tuple)
        {
            EmitNames();
        }

        source.Open(CodecEmitter.WriteHeader("public static", $", {type.Type} value"));
        EmitWrite();
        source.Close();
        if (isUnionCase)
        {
            source.Open(CodecEmitter.WriteHeader("public static", $", {type.Type} value", "WriteMembers"));
            WriteMembers();
            source.Close();
        }

        source.Open(CodecEmitter.ReadHeader("public static", type.Type));
        EmitRead();
        source.Close();
        if (type.Layout != ObjectLayout.Tuple)
        {
            source.Open(CodecEmitter.ReadHeader(isUnionCase ? "public static" : "private static", type.Type, ", int left", "ReadMembers"));
            ReadNamed();
            source.Close();
        }

        new CreationEmitter(source, type).EmitAccessors();
    }

    /// <summary>A name as UTF-8.</summary>
    public static string Utf8(string name) => SymbolDisplay.FormatLiteral(name, quote: true) + "u8";

    private void EmitNames()
    {
        EmitTable(TextNames, static member => member.TextName);
        if (_hasOwnBinaryNames)
        {
            EmitTable(BinaryNames, static member => member.BinaryName);
        }

        source.Separate();
    }

    private void EmitTable(string table, Func<MemberModel, string?> nameOf)
    {
        var names = type.Members.Select(member => nameOf(member) is { } name ? SymbolDisplay.FormatLiteral(name, quote: true) : "null");
        source.Write($"private static readonly global::{RuntimeTypes.ObjectNames} {table} = new({string.Join(", ", names)});");
    }

    private void EmitWrite()
    {
        if (isRecursive)
        {
            CodecEmitter.EmitStackCheck(source);
        }

        var count = type.Layout == ObjectLayout.Names ? type.Members.Count : Places();
        source.Write(FormattableString.Invariant($"writer.{Begin()}({count});"));
        if (isUnionCase)
        {
            source.Write("WriteMembers(ref writer, value);");
        }
        else
        {
            WriteMembers();
        }

        source.Write(type.Layout == ObjectLayout.Tuple ? "writer.EndArray();" : "writer.EndObject();");
    }

    private string Begin() => type.Layout switch
    {
        ObjectLayout.Names => "BeginNamedObject",
        ObjectLayout.Tuple => "BeginArray",
        _ => "BeginObject",
    };

    private int Places() => type.Members.Count == 0 ? 0 : type.Members[type.Members.Count - 1].Position + 1;

    private void WriteMembers()
    {
        var locals = new HashSet<string>(StringComparer.Ordinal) { "writer", "value" };
        var position = 0;
        foreach (var member in type.Members)
        {
            if (type.Layout == ObjectLayout.Positions && position < member.Position)
            {
                source.Open("if (!TWriter.IsText)");
                for (; position < member.Position; position++)
                {
                    source.Write("writer.WriteNil();");
                }

                source.Close();
            }

            position++;
            WriteMember(member, Identifiers.Claim(locals, Identifiers.Local(member.Name)));
        }
    }

    private void WriteMember(MemberModel member, string present)
    {
        var expression = $"value.{Identifiers.Escape(member.Name)}";
        switch (type.Layout, member)
        {
            case (ObjectLayout.Tuple, _):
                ValueEmitter.Write(source, member.Value, expression, present);
                break;
            case (_, { TextName: null }):
                source.Open("if (!TWriter.IsText)");
                if (member.BinaryName is { } name)
                {
                    source.Write($"writer.WriteName({Utf8(name)});");
                }

                ValueEmitter.Write(source, member.Value, expression, present);
                source.Close();
                break;
            case (ObjectLayout.Positions, _):
                source.Open("if (TWriter.IsText)");
                source.Write($"writer.WriteName({Utf8(member.TextName!)});");
                source.Close();
                ValueEmitter.Write(source, member.Value, expression, present);
                break;
            default:
                var names = member.BinaryName == member.TextName ? Utf8(member.TextName!) : $"TWriter.IsText ? {Utf8(member.TextName!)} : {Utf8(member.BinaryName!)}";
                source.Write($"writer.WriteName({names});");
                ValueEmitter.Write(source, member.Value, expression, present);
                break;
        }
    }

    private void EmitRead()
    {
        const string Named = "return ReadMembers(ref reader, reader.BeginNamedObject());";
        if (type.Layout == ObjectLayout.Names)
        {
            source.Write(Named);
            return;
        }

        var isTuple = type.Layout == ObjectLayout.Tuple;
        if (!isTuple)
        {
            source.Open("if (TReader.IsText)");
            source.Write(Named);
            source.Close();
        }

        var counter = isTuple ? "left" : "count";
        source.Write($"var {counter} = reader.{Begin()}();");
        var locals = Locals("reader", counter);
        var position = 0;
        for (var index = 0; index < type.Members.Count; index++)
        {
            var member = type.Members[index];
            for (; position < member.Position; position++)
            {
                Skip(position);
            }

            if (member.IsRead)
            {
                var isPresent = isTuple ? "reader.HasNext(ref left)" : FormattableString.Invariant($"count > {position}");
                var initial = member is { IsInitialized: true, Value: { IsNullable: false, IsValueType: false } } ? "null!" : member.Default;
                source.Write(ValueEmitter.ReadLocal(member.Value, locals[index], isPresent, initial, PathOf(member)));
            }
            else
            {
                Skip(position);
            }

            position++;
        }

        source.Write(isTuple ? "reader.EndArray(left);" : FormattableString.Invariant($"reader.EndObject(count - {position});"));
        var creation = new CreationEmitter(source, type);
        var initialized = Initialized(index => FormattableString.Invariant($"count <= {type.Members[index].Position}"));
        creation.EmitInitialValues(
            initialized.LastOrDefault().Condition,
            initialized,
            index => locals[index],
            (index, value) => $"{locals[index]} = {value}{OrMissing(type.Members[index])};");
        creation.EmitReturn(index => locals[index]);
    }

    private List<(int Member, string Condition)> Initialized(Func<int, string> condition) =>
        [.. Enumerable.Range(0, type.Members.Count).Where(index => type.Members[index].IsInitialized).Select(index => (index, condition(index)))];

    private string OrMissing(MemberModel member) => IsNeeded(member) ? $" ?? {ValueEmitter.Missing(PathOf(member))}" : "";

    private void Skip(int position)
    {
        source.Open(FormattableString.Invariant($"if (count > {position})"));
        source.Write("reader.Skip();");
        source.Close();
    }

    private void ReadNamed()
    {
        var locals = Locals("reader", "left", "next");
        for (var index = 0; index < type.Members.Count; index++)
        {
            if (type.Members[index].IsRead)
            {
                DeclareLocal(type.Members[index], locals[index]);
            }
        }

        var presence = Presence(locals);
        foreach (var flag in presence.Values)
        {
            source.Write($"var {flag} = false;");
        }

        source.Write("var next = 0;");
        source.Open("while (reader.HasNext(ref left))");
        source.Open($"switch ({(_hasOwnBinaryNames ? $"(TReader.IsText ? {TextNames} : {BinaryNames})" : TextNames)}.Find(reader.ReadName(), ref next, TReader.IsText))");
        for (var index = 0; index < type.Members.Count; index++)
        {
            if (type.Members[index].IsRead)
            {
                source.Write(FormattableString.Invariant($"case {index}:"));
                source.Indent();
                source.Write($"{locals[index]} = {ValueEmitter.Read(type.Members[index].Value)};");
                if (presence.TryGetValue(index, out var flag))
                {
                    source.Write($"{flag} = true;");
                }

                source.Write("break;");
                source.Outdent();
            }
        }

        source.Write("default:");
        source.Indent();
        source.Write("reader.Skip();");
        source.Write("break;");
        source.Outdent();
        source.Close();
        source.Close();
        source.Write("reader.EndObject();");
        var creation = new CreationEmitter(source, type);
        var initialized = Initialized(index => "!" + presence[index]);
        creation.EmitInitialValues(string.Join(" || ", initialized.Select(static item => item.Condition)), initialized, ValueOf, (index, value) => $"{locals[index]} = {value};");
        creation.EmitReturn(ValueOf);

        string ValueOf(int index) => locals[index] + OrMissing(type.Members[index]);
    }

    /// <summary>Names for variables that say whether a member came whose value would otherwise be that of a new object.</summary>
    private Dictionary<int, string> Presence(List<string> locals)
    {
        var names = new HashSet<string>(locals, StringComparer.Ordinal) { "reader", "left", "next" };
        return Initialized(static _ => "").ToDictionary(static item => item.Member, item => Identifiers.Claim(names, "has" + type.Members[item.Member].Name));
    }

    /// <summary>Whether a reader cannot do without it: there is no default to take instead.</summary>
    private static bool IsNeeded(MemberModel member) => member is { Default: null, Value: { IsNullable: false, IsValueType: false } };

    private void DeclareLocal(MemberModel member, string local)
    {
        var nullable = IsNeeded(member) ? "?" : "";
        var initial = member.Default ?? (member.Value is { IsNullable: false, IsValueType: true } ? "default" : "null");
        source.Write($"{member.Value.Type}{nullable} {local} = {initial};");
    }

    private List<string> Locals(params string[] taken)
    {
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        return [.. type.Members.Select(member => Identifiers.Claim(names, Identifiers.Local(member.Name)))];
    }

    private string PathOf(MemberModel member) => $"{type.DisplayName}.{member.Name}";
}
