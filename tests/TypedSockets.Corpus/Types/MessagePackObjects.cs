using System.Text.Json.Serialization;
using MessagePack;

namespace TypedSockets.Corpus.Types;

/// <summary>Numbers with gaps, in another order than that of the declaration.</summary>
[MessagePackObject]
public sealed class Numbered
{
    [Key(4)]
    public string Last { get; set; } = "";

    [Key(1)]
    public int First { get; set; }

    [Key(2)]
    [JsonIgnore]
    public int? BinaryOnly { get; set; }

    [Key(3)]
    public int Computed => First * 2;

    [IgnoreMember]
    public string Ignored { get; set; } = "default";
}

/// <summary>Names that differ from those in JSON.</summary>
[MessagePackObject]
public sealed record Named([property: Key("identifier")] long Id, [property: Key("w")] string? Who);

[MessagePackObject(keyAsPropertyName: true)]
public sealed class ByPropertyName
{
    [SerializationConstructor]
    internal ByPropertyName(int number) => Number = number;

    public int Number { get; }

    public List<string> Names { get; set; } = [];

    public static ByPropertyName Create(int number, params List<string> names) => new(number) { Names = names };
}
