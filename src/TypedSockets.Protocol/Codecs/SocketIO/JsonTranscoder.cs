using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>
/// Turns MessagePack as socket.io-msgpack-parser has it into JSON as the default parser has it, and back. Objects have names in both, so what JavaScript sees, and what its types say,
/// does not depend on the parser.
/// </summary>
internal static class JsonTranscoder
{
    private const byte Nil = 0xc0;
    private const byte UInt64 = 0xcf;
    private const byte FixExt8 = 0xd7;
    private const byte DateType = 0;
    private const long MaxDateMilliseconds = 253_402_300_799_999;
    private const long MinDateMilliseconds = -62_135_596_800_000;

    // How deep our own writer may write is not for the transcoder to say.
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = int.MaxValue };

    private static ReadOnlySpan<byte> Placeholder => "{\"_placeholder\":true,\"num\":"u8;

    /// <summary>
    /// Writes one MessagePack value as JSON. Bytes become attachments, or base64 where there is no list of them, as does what JavaScript calls an ArrayBuffer; a Date becomes its ISO 8601 text, undefined null, and a key that is
    /// no string its JSON.
    /// </summary>
    /// <exception cref="PayloadException">The bytes are not a value, exceed a limit, or have an extension that is not known.</exception>
    public static void ToJson(ReadOnlySpan<byte> messagePack, PayloadBuffer target, IList<byte[]>? attachments, PayloadLimits limits)
    {
        var reader = new MessagePackReader(messagePack, limits);
        var writer = new JsonWriter(target, attachments);
        Copy(messagePack, ref reader, ref writer, attachments);
        reader.Complete();
        writer.Flush();
    }

    /// <summary>Writes one JSON value, which is valid because our own writer wrote it, as MessagePack.</summary>
    public static void ToMessagePack(ReadOnlySpan<byte> json, ReadOnlySpan<byte[]> attachments, PayloadBuffer target)
    {
        // MessagePack says in front how long a list is, and JSON does not.
        List<int> counts = [];
        Count(json, counts, attachments.Length);
        var next = 0;
        var writer = new MessagePackWriter(target);
        var reader = new Utf8JsonReader(json, s_anyDepth);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when AttachmentAt(json, ref reader, attachments.Length) is { } number:
                    writer.WriteBinary(attachments[number]);
                    break;
                case JsonTokenType.StartObject:
                    writer.BeginMap(counts[next++]);
                    break;
                case JsonTokenType.StartArray:
                    writer.BeginArray(counts[next++]);
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    WriteText(ref reader, ref writer);
                    break;
                case JsonTokenType.Number when reader.TryGetInt64(out var integer):
                    writer.WriteInt64(integer);
                    break;
                case JsonTokenType.Number when reader.TryGetUInt64(out var integer):
                    writer.WriteUInt64(integer);
                    break;
                case JsonTokenType.Number:
                    writer.WriteDouble(reader.GetDouble());
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    writer.WriteBoolean(reader.GetBoolean());
                    break;
                case JsonTokenType.Null:
                    writer.WriteNil();
                    break;
            }
        }

        writer.Flush();
    }

    private static void Copy(ReadOnlySpan<byte> bytes, scoped ref MessagePackReader reader, scoped ref JsonWriter writer, IList<byte[]>? attachments)
    {
        var code = reader.Position < bytes.Length ? bytes[reader.Position] : Nil;
        switch (code)
        {
            case (>= 0x80 and <= 0x8f) or 0xde or 0xdf:
                var entries = reader.BeginMap();
                writer.BeginMap(entries);
                while (reader.HasNext(ref entries))
                {
                    writer.BeginKey();
                    CopyKey(bytes, ref reader, ref writer);
                    writer.EndKey();
                    Copy(bytes, ref reader, ref writer, attachments);
                }

                reader.EndMap();
                writer.EndMap();
                break;
            case (>= 0x90 and <= 0x9f) or 0xdc or 0xdd:
                var elements = reader.BeginArray();
                writer.BeginArray(elements);
                while (reader.HasNext(ref elements))
                {
                    Copy(bytes, ref reader, ref writer, attachments);
                }

                reader.EndArray();
                writer.EndArray();
                break;
            case >= 0xc4 and <= 0xc6:
                writer.WriteBinary(reader.ReadBinary());
                break;
            case (>= 0xc7 and <= 0xc9) or (>= 0xd4 and <= 0xd8):
                CopyExtension(bytes, ref reader, ref writer);
                break;
            case 0xca or 0xcb:
                writer.WriteDouble(reader.ReadDouble());
                break;
            case 0xc2 or 0xc3:
                writer.WriteBoolean(reader.ReadBoolean());
                break;
            default:
                CopyKey(bytes, ref reader, ref writer);
                break;
        }
    }

    /// <summary>Copies what may be a key: nil, a string or an integer.</summary>
    private static void CopyKey(ReadOnlySpan<byte> bytes, scoped ref MessagePackReader reader, scoped ref JsonWriter writer)
    {
        var code = reader.Position < bytes.Length ? bytes[reader.Position] : (byte)0;
        switch (code)
        {
            case (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb):
                writer.WriteString(reader.ReadString());
                break;
            case UInt64:
                writer.WriteUInt64(reader.ReadUInt64());
                break;
            case Nil when reader.TryReadNil():
                writer.WriteNil();
                break;
            default:
                writer.WriteInt64(reader.ReadInt64());
                break;
        }
    }

    // notepack.io: undefined, a Date, an ArrayBuffer, all of type 0 and told apart by their length; anything else comes from another library.
    private static void CopyExtension(ReadOnlySpan<byte> bytes, scoped ref MessagePackReader reader, scoped ref JsonWriter writer)
    {
        var start = reader.Position;
        reader.Skip();
        switch (bytes[start..reader.Position])
        {
            case [0xd4, DateType, _]:
                writer.WriteNil();
                break;
            case [FixExt8, DateType, .. var date]:
                var milliseconds = BinaryPrimitives.ReadInt64BigEndian(date);
                writer.WriteDateTime(milliseconds is >= MinDateMilliseconds and <= MaxDateMilliseconds
                    ? DateTime.UnixEpoch.AddMilliseconds(milliseconds)
                    : throw PayloadException.OutOfRange($"{milliseconds} ms since 1970", nameof(DateTime)));
                break;
            case [0xc7, _, DateType, .. var buffer]:
                writer.WriteBinary(buffer);
                break;
            case [0xc8, _, _, DateType, .. var buffer]:
                writer.WriteBinary(buffer);
                break;
            case [0xc9, _, _, _, _, DateType, .. var buffer]:
                writer.WriteBinary(buffer);
                break;
            default:
                var timestamp = new MessagePackReader(bytes[start..reader.Position], PayloadLimits.Default);
                writer.WriteDateTime(timestamp.ReadDateTime());
                break;
        }
    }

    private static void Count(ReadOnlySpan<byte> json, List<int> counts, int attachments)
    {
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(json, s_anyDepth);
        while (reader.Read())
        {
            var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            // Each member is counted by its value.
            if (!isEnd && reader.TokenType is not JsonTokenType.PropertyName && open.TryPeek(out var around))
            {
                counts[around]++;
            }

            if (isEnd)
            {
                open.Pop();
            }
            else if (reader.TokenType is JsonTokenType.StartArray || (reader.TokenType is JsonTokenType.StartObject && AttachmentAt(json, ref reader, attachments) is null))
            {
                open.Push(counts.Count);
                counts.Add(0);
            }
        }
    }

    /// <summary>Reads a placeholder if the object that begins here stands for an attachment, and otherwise nothing: a user's own object may look like one.</summary>
    private static int? AttachmentAt(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, int attachments)
    {
        if (attachments == 0 || !json[(int)reader.TokenStartIndex..].StartsWith(Placeholder))
        {
            return null;
        }

        var ahead = reader;
        for (var token = 0; token < 4; token++)
        {
            ahead.Read();
        }

        if (ahead.TokenType is not JsonTokenType.Number || !ahead.TryGetInt32(out var number) || (uint)number >= (uint)attachments || !ahead.Read() || ahead.TokenType is not JsonTokenType.EndObject)
        {
            return null;
        }

        reader = ahead;
        return number;
    }

    private static void WriteText(ref Utf8JsonReader reader, ref MessagePackWriter writer)
    {
        if (reader.ValueIsEscaped)
        {
            writer.WriteString(Unescape(reader.ValueSpan));
        }
        else
        {
            // A name is a string like any other in MessagePack, and is taken as UTF-8.
            writer.WriteName(reader.ValueSpan);
        }
    }

    // An escaped surrogate without its other half, which JSON allows and the reader of System.Text.Json refuses, becomes U+FFFD when the text is written as UTF-8.
    private static string Unescape(ReadOnlySpan<byte> text)
    {
        var characters = new StringBuilder(text.Length);
        for (var escape = text.IndexOf((byte)'\\'); escape >= 0; escape = text.IndexOf((byte)'\\'))
        {
            characters.Append(Encoding.UTF8.GetString(text[..escape]));
            var code = text[escape + 1];
            if (code == 'u')
            {
                characters.Append((char)ushort.Parse(text.Slice(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                text = text[(escape + 6)..];
                continue;
            }

            characters.Append(code switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => (char)code,
            });
            text = text[(escape + 2)..];
        }

        return characters.Append(Encoding.UTF8.GetString(text)).ToString();
    }
}
