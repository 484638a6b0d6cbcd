using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>A payload with a value of every kind, nested, as a generated serializer would write it.</summary>
internal static class Sample
{
    private const int Lines = 12;

    public static byte[] Write() => Payload.Write((ref writer) =>
    {
        writer.BeginArray(Lines);
        for (var line = 0; line < Lines; line++)
        {
            WriteLine(ref writer, line);
        }

        writer.EndArray();
    });

    public static int Read(ReadOnlySpan<byte> payload) => Payload.Read(payload, (ref reader) => Read(ref reader));

    public static int Read(ref MessagePackReader reader)
    {
        var lines = reader.BeginArray();
        for (var line = 0; line < lines; line++)
        {
            ReadLine(ref reader);
        }

        reader.EndArray();
        return lines;
    }

    private static void WriteLine(ref MessagePackWriter writer, int line)
    {
        writer.BeginObject(13);
        writer.WriteInt64((long)line << (line * 5));
        writer.WriteInt64(-1L << (line * 5));
        writer.WriteString(new string('ä', line * 3));
        writer.WriteBinary(new byte[line * 25]);
        writer.WriteBoolean(line % 2 == 0);
        writer.WriteNil();
        writer.WriteDouble(line / 3.0);
        writer.WriteSingle(line / 3f);
        writer.WriteDecimal(line / 7m);
        writer.WriteGuid(new Guid(line, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        writer.WriteDateTime(DateTime.UnixEpoch.AddDays((line - 3) * 30_000).AddTicks(line % 3));
        writer.WriteDateTimeOffset(new DateTimeOffset(2024, 7, 1, 12, 0, line, TimeSpan.FromMinutes(line * 45)));
        writer.BeginMap(line);
        for (var entry = 0; entry < line; entry++)
        {
            writer.WriteChar((char)('a' + entry));
            writer.BeginArray(3);
            writer.WriteDateOnly(DateOnly.FromDayNumber(entry * 1_000));
            writer.WriteTimeOnly(new TimeOnly(entry, 0));
            writer.WriteTimeSpan(TimeSpan.FromMinutes(-entry));
            writer.EndArray();
        }

        writer.EndMap();
        writer.EndObject();
    }

    private static void ReadLine(ref MessagePackReader reader)
    {
        var members = reader.BeginObject();
        reader.ReadInt64();
        reader.ReadInt64();
        reader.ReadString();
        reader.ReadBinary();
        reader.ReadBoolean();
        if (!reader.TryReadNil())
        {
            reader.ReadString();
        }

        reader.ReadDouble();
        reader.ReadSingle();
        reader.ReadDecimal();
        reader.ReadGuid();
        reader.ReadDateTime();
        reader.ReadDateTimeOffset();
        var entries = new Dictionary<char, TimeSpan>();
        for (var entry = reader.BeginMap(); entry > 0; entry--)
        {
            var key = reader.ReadChar();
            var values = reader.BeginArray();
            reader.ReadDateOnly();
            reader.ReadTimeOnly();
            entries[key] = reader.ReadTimeSpan();
            reader.EndArray(values - 3);
        }

        reader.EndMap();
        reader.EndObject(members - 13);
    }
}
