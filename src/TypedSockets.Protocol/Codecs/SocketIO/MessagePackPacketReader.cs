using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>Takes the packets of socket.io-msgpack-parser apart: each is a map, in a binary message of its own (docs/protocol/socketio.md).</summary>
internal static class MessagePackPacketReader
{
    public const byte UInt64 = 0xcf;

    private const byte FixExt1 = 0xd4;
    private const byte UndefinedType = 0;

    /// <summary>Only heads are read here, and of what is skipped the bytes count: how long and how deep values may be is for who reads them.</summary>
    public static PayloadLimits Limits { get; } = new() { MaxCollectionLength = int.MaxValue };

    /// <summary>Reads a packet. All of it is well-formed MessagePack then.</summary>
    /// <exception cref="SocketIOViolationException">The message is not a packet.</exception>
    public static SocketIOPacket Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return Check(ReadMap(message));
        }
        catch (PayloadException exception)
        {
            throw new SocketIOViolationException($"A Socket.IO packet is not MessagePack of the expected shape: {exception.Message}", exception);
        }
    }

    private static SocketIOPacket ReadMap(ReadOnlySpan<byte> message)
    {
        var type = -1L;
        var @namespace = default(ReadOnlySpan<byte>);
        var hasNamespace = false;
        var ackId = (uint?)null;
        var payload = default(ReadOnlySpan<byte>);
        var reader = new MessagePackReader(message, Limits);
        var left = reader.BeginMap();
        while (reader.HasNext(ref left))
        {
            var name = IsString(message, reader.Position) ? reader.ReadName() : SkipKey(ref reader);
            var start = reader.Position;
            if (name.SequenceEqual("type"u8))
            {
                type = reader.ReadInt64();
            }
            else if (name.SequenceEqual("nsp"u8))
            {
                @namespace = reader.ReadName();
                hasNamespace = true;
            }
            else if (name.SequenceEqual("id"u8))
            {
                ackId = TrySkipUndefined(message, ref reader) ? null : reader.ReadUInt32();
            }
            else if (name.SequenceEqual("data"u8) && !TrySkipUndefined(message, ref reader))
            {
                reader.Skip();
                payload = message[start..reader.Position];
            }
            else if (reader.Position == start)
            {
                reader.Skip();
            }
        }

        reader.EndMap();
        reader.Complete();
        if (type is < 0 or > (long)SocketIOPacketType.ConnectError || !hasNamespace)
        {
            throw new SocketIOViolationException(hasNamespace ? $"A Socket.IO packet has no type from 0 to {(int)SocketIOPacketType.ConnectError}." : "A Socket.IO packet has no namespace.");
        }

        return new SocketIOPacket { Type = (SocketIOPacketType)type, Namespace = SocketIONamespace.WithoutQuery(@namespace), AckId = ackId, Payload = payload };
    }

    private static SocketIOPacket Check(scoped in SocketIOPacket packet)
    {
        var isMap = !packet.Payload.IsEmpty && packet.Payload[0] is (>= 0x80 and <= 0x8f) or 0xde or 0xdf;
        var isArray = !packet.Payload.IsEmpty && packet.Payload[0] is (>= 0x90 and <= 0x9f) or 0xdc or 0xdd;
        return packet.Type switch
        {
            SocketIOPacketType.Connect when !packet.Payload.IsEmpty && !isMap => throw Misshapen(packet.Type, "a map"),
            SocketIOPacketType.Disconnect when !packet.Payload.IsEmpty => throw Misshapen(packet.Type, "nothing"),
            SocketIOPacketType.ConnectError when !isMap && !IsString(packet.Payload, 0) => throw Misshapen(packet.Type, "a map or a string"),
            SocketIOPacketType.Event or SocketIOPacketType.Ack when !isArray => throw Misshapen(packet.Type, "an array"),
            SocketIOPacketType.Event => ReadEvent(packet),
            _ => packet,
        };
    }

    private static SocketIOPacket ReadEvent(scoped in SocketIOPacket packet)
    {
        var reader = new MessagePackReader(packet.Payload, Limits);
        var count = reader.BeginArray();
        if (count == 0)
        {
            throw new SocketIOViolationException("The array of a Socket.IO event has no name.");
        }

        var start = reader.Position;
        var form = IsString(packet.Payload, start) ? EventNameForm.Plain : EventNameForm.Integer;
        var name = form is EventNameForm.Plain ? reader.ReadName() : ReadInteger(packet.Payload, ref reader);
        if (ReservedEvents.Contains(name))
        {
            throw new SocketIOViolationException("A Socket.IO event has a reserved name.");
        }

        return packet with { Name = name, NameForm = form, Arguments = packet.Payload[reader.Position..], ArgumentCount = count - 1 };
    }

    private static ReadOnlySpan<byte> ReadInteger(ReadOnlySpan<byte> payload, scoped ref MessagePackReader reader)
    {
        var start = reader.Position;
        if (payload[start] == UInt64)
        {
            reader.ReadUInt64();
        }
        else
        {
            reader.ReadInt64();
        }

        return payload[start..reader.Position];
    }

    // The parser's own objects have strings as keys; of a foreign one, nothing is known.
    private static ReadOnlySpan<byte> SkipKey(scoped ref MessagePackReader reader)
    {
        reader.Skip();
        return default;
    }

    // notepack.io, which the parser is built on, writes 'undefined' as an extension of its own: fixext 1 of type 0.
    private static bool TrySkipUndefined(ReadOnlySpan<byte> message, scoped ref MessagePackReader reader)
    {
        var isUndefined = message[reader.Position..] is [FixExt1, UndefinedType, _, ..];
        if (isUndefined)
        {
            reader.Skip();
        }

        return isUndefined;
    }

    private static bool IsString(ReadOnlySpan<byte> bytes, int position) => position < bytes.Length && bytes[position] is (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb);

    private static SocketIOViolationException Misshapen(SocketIOPacketType type, string expected) => new($"The data of a Socket.IO packet of type {type} is not {expected}.");
}
