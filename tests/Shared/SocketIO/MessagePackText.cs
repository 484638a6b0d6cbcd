using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>Shows MessagePack as JSON, with what JSON lacks as <c>{"$bytes":"hexadecimal"}</c> and <c>{"$date":milliseconds}</c>, and undefined as null.</summary>
internal static class MessagePackText
{
    public static string Of(ReadOnlySpan<byte> value)
    {
        var reader = new MessagePackReader(value, PayloadLimits.Default);
        var text = Read(ref reader, value);
        reader.Complete();
        return text;
    }

    private static string Read(ref MessagePackReader reader, ReadOnlySpan<byte> bytes)
    {
        switch (bytes[reader.Position])
        {
            case (>= 0x80 and <= 0x8f) or 0xde or 0xdf:
                List<string> members = [];
                for (var left = reader.BeginMap(); left > 0; left--)
                {
                    members.Add($"{Read(ref reader, bytes)}:{Read(ref reader, bytes)}");
                }

                reader.EndMap();
                return $"{{{string.Join(",", members)}}}";
            case (>= 0x90 and <= 0x9f) or 0xdc or 0xdd:
                List<string> elements = [];
                for (var left = reader.BeginArray(); left > 0; left--)
                {
                    elements.Add(Read(ref reader, bytes));
                }

                reader.EndArray();
                return $"[{string.Join(",", elements)}]";
            case (>= 0xa0 and <= 0xbf) or 0xd9 or 0xda or 0xdb:
                return Quote(reader.ReadString());
            case 0xc0:
                reader.Skip();
                return "null";
            case 0xc2 or 0xc3:
                return reader.ReadBoolean() ? "true" : "false";
            case 0xc4 or 0xc5 or 0xc6:
                return $$"""{"$bytes":"{{Convert.ToHexStringLower(reader.ReadBinary())}}"}""";
            case 0xca or 0xcb:
                return reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture);
            case 0xcf:
                return reader.ReadUInt64().ToString(CultureInfo.InvariantCulture);
            case >= 0xc7 and <= 0xc9 or (>= 0xd4 and <= 0xd8):
                var start = reader.Position;
                reader.Skip();
                return bytes[start..reader.Position] switch
                {
                    [0xd4, 0, _] => "null",
                    [0xd7, 0, .. var date] => $$"""{"$date":{{BinaryPrimitives.ReadInt64BigEndian(date)}}}""",
                    var extension => $$"""{"$extension":"{{Convert.ToHexStringLower(extension)}}"}""",
                };
            default:
                return reader.ReadInt64().ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Quote(string text)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new JsonWriter(buffer);
        writer.WriteString(text);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
