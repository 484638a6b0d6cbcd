using System.Text.Json.Serialization;

namespace TypedSockets.Corpus.Types;

public enum Tiny : sbyte
{
    Lowest = sbyte.MinValue,
    Zero = 0,
    Highest = sbyte.MaxValue,
}

[Flags]
public enum Rights : ushort
{
    None = 0,
    Read = 1,
    Write = 2,
    All = ushort.MaxValue,
}

public enum Enormous : ulong
{
    Zero,
    Highest = ulong.MaxValue,
}

/// <summary>Has names in JSON.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Weather>))]
public enum Weather
{
    Sunny,
    Rainy = 7,
    Snowy = -1,
}
