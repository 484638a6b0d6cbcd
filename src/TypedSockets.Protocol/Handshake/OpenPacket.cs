using System.Buffers;
using System.Text;
using System.Text.Json;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Handshake;

/// <summary>What the server tells first on every session (Engine.IO 4, "Handshake").</summary>
/// <param name="SessionId">The session's id. A bearer secret: it is not logged and not shown.</param>
/// <param name="Upgrades">The transports that the session may move to.</param>
/// <param name="PingInterval">How long the server waits between pings.</param>
/// <param name="PingTimeout">How long an answer may take.</param>
/// <param name="MaxPayloadBytes">The largest message that the server accepts.</param>
/// <param name="Codec">The codec that the server agreed to; null from a server that knows of none but Socket.IO's.</param>
internal sealed record OpenPacket(string SessionId, IReadOnlyList<string> Upgrades, TimeSpan PingInterval, TimeSpan PingTimeout, long MaxPayloadBytes, string? Codec)
{
    /// <summary>Writes the packet as text, with its type.</summary>
    public byte[] ToText()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write([(byte)PacketType.Open]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sid"u8, SessionId);
            json.WriteStartArray("upgrades"u8);
            foreach (var upgrade in Upgrades)
            {
                json.WriteStringValue(upgrade);
            }

            json.WriteEndArray();
            json.WriteNumber("pingInterval"u8, (long)PingInterval.TotalMilliseconds);
            json.WriteNumber("pingTimeout"u8, (long)PingTimeout.TotalMilliseconds);
            json.WriteNumber("maxPayload"u8, MaxPayloadBytes);
            if (Codec is not null)
            {
                json.WriteString("codec"u8, Codec);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the JSON of the packet, without its type.</summary>
    /// <exception cref="PacketException">The JSON is not an open packet.</exception>
    public static OpenPacket Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return new OpenPacket(
                root.GetProperty("sid"u8).GetString() ?? throw new FormatException("'sid' is null"),
                [.. root.GetProperty("upgrades"u8).EnumerateArray().Select(upgrade => upgrade.GetString() ?? "")],
                Milliseconds(root, "pingInterval"),
                Milliseconds(root, "pingTimeout"),
                root.TryGetProperty("maxPayload"u8, out _) ? Positive(root, "maxPayload", long.MaxValue) : long.MaxValue,
                root.TryGetProperty("codec"u8, out var codec) ? codec.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PacketException(new ParseError($"The open packet '{Encoding.UTF8.GetString(json[..Math.Min(json.Length, 100)])}' cannot be read: {exception.Message}"));
        }
    }

    private static TimeSpan Milliseconds(JsonElement root, string name) => TimeSpan.FromMilliseconds(Positive(root, name, int.MaxValue));

    private static long Positive(JsonElement root, string name, long max)
    {
        var value = root.GetProperty(name).GetInt64();
        return value > 0 && value <= max ? value : throw new FormatException($"'{name}' is {value}");
    }
}
