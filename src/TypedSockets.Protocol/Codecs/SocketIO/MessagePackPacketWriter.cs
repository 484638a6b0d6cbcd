using System.Buffers.Binary;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>
/// Writes packets as socket.io-msgpack-parser reads them (docs/protocol/socketio.md), each to a buffer of its own and as a whole binary message. As in <see cref="TextPacketWriter"/>
/// the head is written last. What has values of a user's in it is written as text first and turned over (<see cref="WriteTranscoded"/>).
/// </summary>
internal static class MessagePackPacketWriter
{
    private const byte FixMap = 0x80;
    private const byte UInt32 = 0xce;
    private const byte MaxFixInt = 0x7f;

    // Everything in front of the payload whose size does not depend on the namespace: the map's head, four keys, the type and the acknowledgement id.
    private const int MaxFixedHead = 1 + 5 + 1 + 4 + 3 + 5 + 5;

    private static ReadOnlySpan<byte> TypeKey => [0xa4, (byte)'t', (byte)'y', (byte)'p', (byte)'e'];

    private static ReadOnlySpan<byte> NamespaceKey => [0xa3, (byte)'n', (byte)'s', (byte)'p'];

    private static ReadOnlySpan<byte> IdKey => [0xa2, (byte)'i', (byte)'d'];

    private static ReadOnlySpan<byte> DataKey => [0xa4, (byte)'d', (byte)'a', (byte)'t', (byte)'a'];

    /// <inheritdoc cref="TextPacketWriter.WriteAck"/>
    public static ReadOnlySpan<byte> WriteAck(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId)
    {
        var room = Begin(buffer, @namespace);
        buffer.Write([MessagePackArray.Empty]);
        return End(buffer, room, SocketIOPacketType.Ack, @namespace, ackId, hasData: true);
    }

    public static ReadOnlySpan<byte> WriteFault(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null)
    {
        var room = Begin(buffer, @namespace);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(1);
        FaultData.Write(ref writer, new FaultData(fault, detail, retryAfter));
        writer.EndArray();
        writer.Flush();
        return End(buffer, room, SocketIOPacketType.Ack, @namespace, ackId, hasData: true);
    }

    /// <inheritdoc cref="TextPacketWriter.WriteConnected"/>
    public static ReadOnlySpan<byte> WriteConnected(PayloadBuffer buffer, SocketIONamespace @namespace, ConnectedData data)
    {
        var room = Begin(buffer, @namespace);
        var writer = new MessagePackWriter(buffer);
        ConnectedData.Write(ref writer, data);
        writer.Flush();
        return End(buffer, room, SocketIOPacketType.Connect, @namespace, null, hasData: true);
    }

    public static ReadOnlySpan<byte> WriteDisconnect(PayloadBuffer buffer, SocketIONamespace @namespace) =>
        End(buffer, Begin(buffer, @namespace), SocketIOPacketType.Disconnect, @namespace, null, hasData: false);

    /// <summary>Writes what <see cref="TextPacketWriter"/> has written, and <see cref="TextPacketReader"/> read, as MessagePack: objects keep their names, and attachments stand in their places.</summary>
    /// <param name="buffer">Takes the packet; not the one that the text is in.</param>
    /// <param name="namespace">The namespace of the packet.</param>
    /// <param name="packet">The text packet.</param>
    /// <param name="attachments">What is sent behind the text.</param>
    public static ReadOnlySpan<byte> WriteTranscoded(PayloadBuffer buffer, SocketIONamespace @namespace, scoped in SocketIOPacket packet, scoped ReadOnlySpan<byte[]> attachments)
    {
        var room = Begin(buffer, @namespace);
        if (!packet.Payload.IsEmpty)
        {
            JsonTranscoder.ToMessagePack(packet.Payload, attachments, buffer);
        }

        var type = packet.Type switch
        {
            SocketIOPacketType.BinaryEvent => SocketIOPacketType.Event,
            SocketIOPacketType.BinaryAck => SocketIOPacketType.Ack,
            var other => other,
        };
        return End(buffer, room, type, @namespace, packet.AckId, hasData: !packet.Payload.IsEmpty);
    }

    /// <summary>Leaves room for the longest head and returns how much.</summary>
    private static int Begin(PayloadBuffer buffer, SocketIONamespace @namespace)
    {
        var room = MaxFixedHead + @namespace.MessagePack.Length;
        buffer.GetSpan(room);
        buffer.Advance(room);
        return room;
    }

    /// <summary>Writes the head in front of the payload, which begins at <paramref name="end"/>.</summary>
    private static ReadOnlySpan<byte> End(PayloadBuffer buffer, int end, SocketIOPacketType type, SocketIONamespace @namespace, uint? ackId, bool hasData)
    {
        var position = end;
        if (hasData)
        {
            Prepend(buffer, ref position, DataKey);
        }

        if (ackId is { } id)
        {
            if (id <= MaxFixInt)
            {
                buffer.Patch[--position] = (byte)id;
            }
            else
            {
                position -= sizeof(uint);
                BinaryPrimitives.WriteUInt32BigEndian(buffer.Patch[position..], id);
                buffer.Patch[--position] = UInt32;
            }

            Prepend(buffer, ref position, IdKey);
        }

        Prepend(buffer, ref position, @namespace.MessagePack);
        Prepend(buffer, ref position, NamespaceKey);
        buffer.Patch[--position] = (byte)type;
        Prepend(buffer, ref position, TypeKey);
        buffer.Patch[--position] = (byte)(FixMap | (2 + (hasData ? 1 : 0) + (ackId is null ? 0 : 1)));
        return buffer.Written[position..];
    }

    private static void Prepend(PayloadBuffer buffer, ref int position, ReadOnlySpan<byte> bytes)
    {
        position -= bytes.Length;
        bytes.CopyTo(buffer.Patch[position..]);
    }
}
