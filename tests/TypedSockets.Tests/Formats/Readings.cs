using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Every way of reading one value.</summary>
internal static class Readings
{
    public delegate void Attempt(ref MessagePackReader reader);

    public static Attempt[] All { get; } =
    [
        (ref reader) => reader.ReadBoolean(),
        (ref reader) => reader.ReadByte(),
        (ref reader) => reader.ReadSByte(),
        (ref reader) => reader.ReadInt16(),
        (ref reader) => reader.ReadUInt16(),
        (ref reader) => reader.ReadInt32(),
        (ref reader) => reader.ReadUInt32(),
        (ref reader) => reader.ReadInt64(),
        (ref reader) => reader.ReadUInt64(),
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
        (ref reader) => reader.Skip(),
        (ref reader) => reader.EndArray(reader.BeginArray()),
        (ref reader) =>
        {
            for (var count = 2 * reader.BeginMap(); count > 0; count--)
            {
                reader.Skip();
            }

            reader.EndMap();
        },
        (ref reader) => _ = new string[reader.BeginArray()],
    ];
}
