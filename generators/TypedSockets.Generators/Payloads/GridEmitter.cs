using System;
using System.Linq;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>
/// Writes the codec of an array of several dimensions: its lengths and then all elements in one list, as MessagePack-CSharp does; in text formats lists in lists.
/// </summary>
internal sealed class GridEmitter(SourceWriter source, GridCodecModel grid)
{
    private readonly string[] _indices = [.. Enumerable.Range(0, grid.Rank).Select(static dimension => FormattableString.Invariant($"index{dimension}"))];
    private readonly string[] _lengths = [.. Enumerable.Range(0, grid.Rank).Select(static dimension => FormattableString.Invariant($"length{dimension}"))];

    public void Emit()
    {
        source.Open(CodecEmitter.WriteHeader("public static", $", {grid.Type} value"));
        source.Open("if (TWriter.IsText)");
        WriteNested(0);
        source.Write("return;");
        source.Close();
        WriteFlat();
        source.Close();
        source.Open(CodecEmitter.ReadHeader("public static", grid.Type));
        EmitRead();
        source.Close();
    }

    private void WriteNested(int dimension)
    {
        source.Write(FormattableString.Invariant($"writer.BeginArray(value.GetLength({dimension}));"));
        source.Open(FormattableString.Invariant($"for (var {_indices[dimension]} = 0; {_indices[dimension]} < value.GetLength({dimension}); {_indices[dimension]}++)"));
        if (dimension + 1 < grid.Rank)
        {
            WriteNested(dimension + 1);
        }
        else
        {
            ValueEmitter.Write(source, grid.Element, $"value[{string.Join(", ", _indices)}]", "present");
        }

        source.Close();
        source.Write("writer.EndArray();");
    }

    private void WriteFlat()
    {
        source.Write(FormattableString.Invariant($"writer.BeginArray({grid.Rank + 1});"));
        for (var dimension = 0; dimension < grid.Rank; dimension++)
        {
            source.Write(FormattableString.Invariant($"writer.WriteInt32(value.GetLength({dimension}));"));
        }

        source.Write("writer.BeginArray(value.Length);");
        source.Open("foreach (var element in value)");
        ValueEmitter.Write(source, grid.Element, "element", "present");
        source.Close();
        source.Write("writer.EndArray();");
        source.Write("writer.EndArray();");
    }

    private void EmitRead()
    {
        var elements = $"global::System.Collections.Generic.List<{grid.Element.Type}>";
        foreach (var length in _lengths)
        {
            source.Write($"var {length} = -1;");
        }

        source.Write($"var elements = new {elements}();");
        source.Open("if (TReader.IsText)");
        ReadNested(0);
        source.Close();
        source.Open("else");
        ReadFlat();
        source.Close();
        var lengths = string.Join(", ", _lengths.Select(static length => $"global::{RuntimeTypes.GridLengths}.Known({length})"));
        source.Write($"{SequenceEmitter.Declaration(grid.Element.Type, $"[{new string(',', grid.Rank - 1)}]")} grid = {SequenceEmitter.NewArray(grid.Element.Type, lengths)};");
        source.Write("var next = 0;");
        for (var dimension = 0; dimension < grid.Rank; dimension++)
        {
            source.Open($"for (var {_indices[dimension]} = 0; {_indices[dimension]} < {_lengths[dimension]}; {_indices[dimension]}++)");
        }

        source.Write($"grid[{string.Join(", ", _indices)}] = elements[next++];");
        for (var dimension = 0; dimension < grid.Rank; dimension++)
        {
            source.Close();
        }

        source.Write("return grid;");
    }

    private void ReadNested(int dimension)
    {
        var (count, left) = (FormattableString.Invariant($"count{dimension}"), FormattableString.Invariant($"left{dimension}"));
        source.Write($"var {count} = 0;");
        source.Write($"var {left} = reader.BeginArray();");
        source.Open($"while (reader.HasNext(ref {left}))");
        source.Write($"{count}++;");
        if (dimension + 1 < grid.Rank)
        {
            ReadNested(dimension + 1);
        }
        else
        {
            source.Write($"elements.Add({ValueEmitter.Read(grid.Element)});");
        }

        source.Close();
        source.Write("reader.EndArray();");
        source.Write($"global::{RuntimeTypes.GridLengths}.Set(ref {_lengths[dimension]}, {count});");
    }

    private void ReadFlat()
    {
        source.Write("var fields = reader.BeginArray();");
        source.Write(FormattableString.Invariant($"global::{RuntimeTypes.GridLengths}.CheckFields(fields, {grid.Rank});"));
        foreach (var length in _lengths)
        {
            source.Write($"{length} = reader.ReadInt32();");
        }

        source.Write("var left = reader.BeginArray();");
        source.Write($"global::{RuntimeTypes.GridLengths}.Check(left, [{string.Join(", ", _lengths)}]);");
        source.Open("while (reader.HasNext(ref left))");
        source.Write($"elements.Add({ValueEmitter.Read(grid.Element)});");
        source.Close();
        source.Write("reader.EndArray();");
        source.Write("reader.EndArray();");
    }
}
