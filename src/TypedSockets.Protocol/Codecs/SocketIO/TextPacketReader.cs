using System.Buffers;
using System.Text.Json;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>Takes the head off a packet of Socket.IO's default parser (docs/protocol/socketio.md).</summary>
internal static class TextPacketReader
{
    /// <summary>How many attachments a packet may announce; the limit of socket.io-parser.</summary>
    public const int MaxAttachments = 10;

    private const int MaxStackBytes = 256;

    private static readonly SearchValues<byte> s_number = SearchValues.Create("+-.0123456789Ee"u8);

    // RFC 8259 §7: what cannot stand for itself in a string.
    private static readonly SearchValues<byte> s_special = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>Reads a packet. Its payload is looked at only as far as its shape goes: <see cref="JsonSyntax"/> tells whether the rest is JSON.</summary>
    /// <param name="message">A text message without the type that Engine.IO puts in front; valid UTF-8, which transports have checked.</param>
    /// <exception cref="SocketIOViolationException">The message is not a packet.</exception>
    public static SocketIOPacket Read(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty || message[0] is < (byte)'0' or > (byte)'6')
        {
            throw new SocketIOViolationException(message.IsEmpty ? "A Socket.IO packet is empty." : $"A Socket.IO packet begins with 0x{message[0]:x2}, which is no type.");
        }

        var type = (SocketIOPacketType)(message[0] - '0');
        var rest = message[1..];
        var packet = new SocketIOPacket
        {
            Type = type,
            Attachments = type is SocketIOPacketType.BinaryEvent or SocketIOPacketType.BinaryAck ? ReadAttachments(ref rest) : 0,
            Namespace = ReadNamespace(ref rest),
            AckId = ReadAckId(ref rest),
            Payload = rest,
        };
        return ReadPayload(packet);
    }

    private static int ReadAttachments(scoped ref ReadOnlySpan<byte> rest)
    {
        var digits = CountDigits(rest);
        if (digits == 0 || digits == rest.Length || rest[digits] != '-')
        {
            throw new SocketIOViolationException("A binary Socket.IO packet does not say how many attachments it has.");
        }

        var count = 0;
        foreach (var digit in rest[..digits])
        {
            count = Math.Min((count * 10) + digit - '0', MaxAttachments + 1);
        }

        rest = rest[(digits + 1)..];
        return count is > 0 and <= MaxAttachments
            ? count
            : throw new SocketIOViolationException($"A binary Socket.IO packet announces {(count == 0 ? "no" : $"more than {MaxAttachments}")} attachments.");
    }

    private static ReadOnlySpan<byte> ReadNamespace(scoped ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != '/')
        {
            return "/"u8;
        }

        var length = rest.IndexOf((byte)',');
        var name = length < 0 ? rest : rest[..length];
        rest = length < 0 ? default : rest[(length + 1)..];
        return SocketIONamespace.WithoutQuery(name);
    }

    private static uint? ReadAckId(scoped ref ReadOnlySpan<byte> rest)
    {
        var digits = CountDigits(rest);
        if (digits == 0)
        {
            return null;
        }

        var id = 0ul;
        foreach (var digit in rest[..digits])
        {
            id = (id * 10) + digit - '0';
            if (id > uint.MaxValue)
            {
                throw new SocketIOViolationException($"The acknowledgement id of a Socket.IO packet exceeds {uint.MaxValue}.");
            }
        }

        rest = rest[digits..];
        return (uint)id;
    }

    private static SocketIOPacket ReadPayload(scoped in SocketIOPacket packet)
    {
        var first = packet.Payload.IsEmpty ? (byte)0 : packet.Payload[0];
        switch (packet.Type)
        {
            case SocketIOPacketType.Event or SocketIOPacketType.BinaryEvent:
                return first == '[' ? ReadEvent(packet) : throw Misshapen(packet.Type, "an array");
            case SocketIOPacketType.Ack or SocketIOPacketType.BinaryAck when first is not (0 or (byte)'['):
                throw Misshapen(packet.Type, "an array");
            case SocketIOPacketType.Connect when first is not (0 or (byte)'{'):
                throw Misshapen(packet.Type, "an object");
            case SocketIOPacketType.ConnectError when first is not (0 or (byte)'{' or (byte)'"'):
                throw Misshapen(packet.Type, "an object or a string");
            case SocketIOPacketType.Disconnect when !packet.Payload.IsEmpty:
                throw Misshapen(packet.Type, "nothing");
            default:
                return packet;
        }
    }

    private static SocketIOPacket ReadEvent(scoped in SocketIOPacket packet)
    {
        var rest = TrimStart(packet.Payload[1..]);
        var form = EventNameForm.Plain;
        var name = rest is [(byte)'"', ..] ? ReadName(ref rest, ref form) : ReadNumber(ref rest);
        rest = TrimStart(rest);
        var separator = rest.IsEmpty ? (byte)0 : rest[0];
        var arguments = rest.IsEmpty ? default : TrimStart(rest[1..]);
        // Behind a comma an argument follows; behind the bracket nothing does.
        if (separator == ',' ? arguments is [] or [(byte)']', ..] : separator != ']' || !arguments.IsEmpty)
        {
            throw new SocketIOViolationException("The array of a Socket.IO event is not JSON behind the event's name.");
        }

        return packet with { Name = name, NameForm = form, Arguments = arguments };
    }

    private static ReadOnlySpan<byte> ReadName(scoped ref ReadOnlySpan<byte> rest, scoped ref EventNameForm form)
    {
        var text = rest[1..];
        var length = text.IndexOfAny(s_special);
        if (length >= 0 && text[length] == '"')
        {
            var name = text[..length];
            rest = text[(length + 1)..];
            return ReservedEvents.Contains(name) ? throw Reserved() : name;
        }

        form = EventNameForm.Escaped;
        var escaped = ReadEscaped(rest);
        rest = rest[escaped.Length..];
        return escaped;
    }

    private static ReadOnlySpan<byte> ReadEscaped(ReadOnlySpan<byte> rest)
    {
        byte[]? rented = null;
        try
        {
            var reader = new Utf8JsonReader(rest, isFinalBlock: false, default);
            if (!reader.Read())
            {
                throw new JsonException("The string does not end.");
            }

            var length = (int)reader.BytesConsumed;
            var name = length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : rented = ArrayPool<byte>.Shared.Rent(length);
            return ReservedEvents.Contains(name[..reader.CopyString(name)]) ? throw Reserved() : rest[..length];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SocketIOViolationException("The name of a Socket.IO event is not a JSON string.", exception);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static ReadOnlySpan<byte> ReadNumber(scoped ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAnyExcept(s_number);
        var number = length < 0 ? rest : rest[..length];
        rest = rest[number.Length..];
        return JsonSyntax.IsValid(number) ? number : throw new SocketIOViolationException("The name of a Socket.IO event is neither a string nor a number.");
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }

    private static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> json) => json.TrimStart(" \t\n\r"u8);

    private static SocketIOViolationException Misshapen(SocketIOPacketType type, string expected) => new($"The payload of a Socket.IO packet of type {type} is not {expected}.");

    private static SocketIOViolationException Reserved() => new("A Socket.IO event has a reserved name.");
}
