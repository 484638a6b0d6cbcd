using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Every way of reading one value of JSON.</summary>
internal static class JsonReadings
{
    public delegate void Attempt(ref JsonReader reader);

    public static Attempt[] All { get; } =
    [
        (ref reader) => reader.ReadBoolean(),
        (ref reader) => reader.ReadByte(),
        (ref reader) => reader.ReadInt32(),
        (ref reader) => reader.ReadInt64(),
        (ref reader) => reader.ReadUInt64(),
        (ref reader) => reader.ReadHalf(),
        (ref reader) => reader.ReadSingle(),
        (ref reader) => reader.ReadDouble(),
        (ref reader) => reader.ReadDecimal(),
        (ref reader) => reader.ReadChar(),
        (ref reader) => reader.ReadString(),
        (ref reader) => reader.ReadInternedString(),
        (ref reader) => reader.ReadBinary(),
        (ref reader) => reader.ReadByteArray(),
        (ref reader) => reader.ReadGuid(),
        (ref reader) => reader.ReadDateTime(),
        (ref reader) => reader.ReadDateTimeOffset(),
        (ref reader) => reader.ReadDateOnly(),
        (ref reader) => reader.ReadTimeOnly(),
        (ref reader) => reader.ReadTimeSpan(),
        (ref reader) => reader.ReadSerialized(),
        (ref reader) => reader.Skip(),
        (ref reader) =>
        {
            reader.BeginArray();
            reader.EndArray();
        },
        (ref reader) =>
        {
            reader.BeginMap();
            reader.EndMap();
        },
        (ref reader) => ReadObject(ref reader),
        (ref reader) => ReadMap(ref reader),
    ];

    private static void ReadObject(ref JsonReader reader)
    {
        var left = reader.BeginNamedObject();
        while (reader.HasNext(ref left))
        {
            reader.ReadName();
            reader.Skip();
        }

        reader.EndObject();
    }

    private static void ReadMap(ref JsonReader reader)
    {
        var left = reader.BeginMap();
        while (reader.HasNext(ref left))
        {
            reader.BeginKey();
            reader.ReadString();
            reader.EndKey();
            reader.Skip();
        }

        reader.EndMap();
    }
}
