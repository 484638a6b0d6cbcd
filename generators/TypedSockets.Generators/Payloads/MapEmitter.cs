using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the codec of a dictionary of any kind. What is read is a <c>Dictionary</c> first: to sort or to freeze all entries at once takes less than one after the other.</summary>
internal sealed class MapEmitter(SourceWriter source, MapCodecModel map)
{
    private const string TwiceMessage = "\"A key stands twice in a dictionary.\"";

    public void Emit()
    {
        source.Open(CodecEmitter.WriteHeader("public static", $", {map.Type} value"));
        EmitWrite();
        source.Close();
        source.Open(CodecEmitter.ReadHeader("public static", map.Type));
        EmitRead();
        source.Close();
    }

    private void EmitWrite()
    {
        switch (map.Form.Walk)
        {
            case MapWalk.Changeable:
                SequenceEmitter.OpenCounted(source, "value", "BeginMap", "entry");
                WriteEntry();
                SequenceEmitter.CloseCounted(source);
                break;
            case MapWalk.Concurrent:
                source.Write("var entries = value.ToArray();");
                source.Write("writer.BeginMap(entries.Length);");
                WriteEach("entries");
                break;
            default:
                source.Write("writer.BeginMap(value.Count);");
                WriteEach("value");
                break;
        }

        source.Write("writer.EndMap();");
    }

    private void WriteEach(string entries)
    {
        source.Open($"foreach (var entry in {entries})");
        WriteEntry();
        source.Close();
    }

    private void WriteEntry()
    {
        source.Write("writer.BeginKey();");
        ValueEmitter.Write(source, map.Key, "entry.Key", "key");
        source.Write("writer.EndKey();");
        ValueEmitter.Write(source, map.Value, "entry.Value", "present");
    }

    private void EmitRead()
    {
        var types = $"{map.Key.Type}, {map.Value.Type}";
        source.Write("var left = reader.BeginMap();");
        source.Write($"var entries = new global::System.Collections.Generic.Dictionary<{types}>(global::System.Math.Max(left, 0));");
        source.Write($"var spread = new global::TypedSockets.Formats.KeySpread<{map.Key.Type}>();");
        source.Open("while (reader.HasNext(ref left))");
        source.Write("reader.BeginKey();");
        source.Write($"var key = {ValueEmitter.Read(map.Key)};");
        source.Write("reader.EndKey();");
        source.Write("spread.Add(key, entries);");
        source.Open($"if (!entries.TryAdd(key, {ValueEmitter.Read(map.Value)}))");
        source.Write($"throw new {CodecEmitter.PayloadException}({TwiceMessage});");
        source.Close();
        source.Close();
        source.Write("reader.EndMap();");
        var result = map.Form.Result?.Replace("{0}", "entries").Replace("{1}", types) ?? "entries";
        if (!map.Form.IsSorted)
        {
            source.Write($"return {result};");
            return;
        }

        source.Open("try");
        source.Write($"return {result};");
        source.Close();
        source.Open("catch (global::System.ArgumentException exception)");
        source.Write("// Two keys that differ may be the same to those who sort them.");
        source.Write($"throw new {CodecEmitter.PayloadException}({TwiceMessage}, exception);");
        source.Close();
    }
}
