using System.Buffers.Binary;
using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>
/// Writes packets as socket.io-msgpack-parser reads them (docs/protocol/socketio.md), each to a buffer of its own and as a whole binary message. As in <see cref="TextPacketWriter"/>
/// the head is written last: the name of an event is the first element of the array that its arguments have been written as.
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

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="route">Where the event goes.</param>
    /// <param name="ackId">What the answer is correlated with; null for an event that is not answered.</param>
    /// <param name="arguments">The arguments of the event.</param>
    /// <param name="offset">What a client that comes back tells to be sent what it missed since; travels as an argument behind the last. Null where nothing is recovered.</param>
    public static ReadOnlySpan<byte> WriteEvent<TArguments>(PayloadBuffer buffer, SocketIORoute route, uint? ackId, in TArguments arguments, string? offset = null)
        where TArguments : struct, IPayload
    {
        var room = Begin(buffer, route.Namespace, MessagePackArray.MaxHeadSize + route.MessagePackName.Length);
        var writer = new MessagePackWriter(buffer);
        arguments.Write(ref writer);
        if (offset is not null)
        {
            writer.WriteString(offset);
        }

        writer.Flush();

        // The array's own head makes way for one that counts the name and the offset too.
        var rest = buffer.Written[room..];
        var count = MessagePackArray.ReadHead(ref rest) + (offset is null ? 1 : 2);
        var start = buffer.Length - rest.Length - route.MessagePackName.Length - MessagePackArray.HeadSizeOf(count);
        var head = MessagePackArray.WriteHead(buffer.Patch[start..], count);
        route.MessagePackName.CopyTo(buffer.Patch[(start + head)..]);
        return End(buffer, start, SocketIOPacketType.Event, route.Namespace, ackId, hasData: true);
    }

    /// <inheritdoc cref="TextPacketWriter.WriteReply"/>
    public static ReadOnlySpan<byte> WriteReply<TResult, TCodec>(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, TResult result)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        var room = Begin(buffer, @namespace, 0);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(1);
        TCodec.Write(ref writer, result);
        writer.EndArray();
        writer.Flush();
        return End(buffer, room, SocketIOPacketType.Ack, @namespace, ackId, hasData: true);
    }

    /// <inheritdoc cref="TextPacketWriter.WriteAck"/>
    public static ReadOnlySpan<byte> WriteAck(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId)
    {
        var room = Begin(buffer, @namespace, 0);
        buffer.Write([MessagePackArray.Empty]);
        return End(buffer, room, SocketIOPacketType.Ack, @namespace, ackId, hasData: true);
    }

    public static ReadOnlySpan<byte> WriteFault(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null) =>
        WriteReply<FaultData, FaultData>(buffer, @namespace, ackId, new FaultData(fault, detail, retryAfter));

    /// <inheritdoc cref="TextPacketWriter.WriteConnect(PayloadBuffer, SocketIONamespace, ReadOnlySpan{byte})"/>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="auth">What the server decides by, as a MessagePack map; empty for nothing.</param>
    public static ReadOnlySpan<byte> WriteConnect(PayloadBuffer buffer, SocketIONamespace @namespace, ReadOnlySpan<byte> auth = default)
    {
        var room = Begin(buffer, @namespace, 0);
        buffer.Write(auth);
        return End(buffer, room, SocketIOPacketType.Connect, @namespace, null, hasData: !auth.IsEmpty);
    }

    public static ReadOnlySpan<byte> WriteConnect<TAuth, TCodec>(PayloadBuffer buffer, SocketIONamespace @namespace, TAuth auth) where TCodec : struct, IPayloadCodec<TAuth> =>
        WriteData<TAuth, TCodec>(buffer, SocketIOPacketType.Connect, @namespace, auth);

    /// <inheritdoc cref="TextPacketWriter.WriteConnected"/>
    public static ReadOnlySpan<byte> WriteConnected(PayloadBuffer buffer, SocketIONamespace @namespace, ConnectedData data) =>
        WriteData<ConnectedData, ConnectedData>(buffer, SocketIOPacketType.Connect, @namespace, data);

    /// <inheritdoc cref="TextPacketWriter.WriteConnectError"/>
    public static ReadOnlySpan<byte> WriteConnectError<TData, TCodec>(PayloadBuffer buffer, SocketIONamespace @namespace, ConnectErrorData<TData, TCodec> error)
        where TCodec : struct, IPayloadCodec<TData> =>
        WriteData<ConnectErrorData<TData, TCodec>, ConnectErrorData<TData, TCodec>>(buffer, SocketIOPacketType.ConnectError, @namespace, error);

    public static ReadOnlySpan<byte> WriteDisconnect(PayloadBuffer buffer, SocketIONamespace @namespace) =>
        End(buffer, Begin(buffer, @namespace, 0), SocketIOPacketType.Disconnect, @namespace, null, hasData: false);

    /// <summary>Writes what <see cref="TextPacketWriter"/> has written, and <see cref="TextPacketReader"/> read, as MessagePack: objects keep their names, and attachments stand in their places.</summary>
    /// <param name="buffer">Takes the packet; not the one that the text is in.</param>
    /// <param name="namespace">The namespace of the packet.</param>
    /// <param name="packet">The text packet.</param>
    /// <param name="attachments">What is sent behind the text.</param>
    public static ReadOnlySpan<byte> WriteTranscoded(PayloadBuffer buffer, SocketIONamespace @namespace, scoped in SocketIOPacket packet, scoped ReadOnlySpan<byte[]> attachments)
    {
        var room = Begin(buffer, @namespace, 0);
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

    private static ReadOnlySpan<byte> WriteData<TData, TCodec>(PayloadBuffer buffer, SocketIOPacketType type, SocketIONamespace @namespace, TData data)
        where TCodec : struct, IPayloadCodec<TData>
    {
        var room = Begin(buffer, @namespace, 0);
        var writer = new MessagePackWriter(buffer);
        TCodec.Write(ref writer, data);
        writer.Flush();
        return End(buffer, room, type, @namespace, null, hasData: true);
    }

    /// <summary>Leaves room for the longest head and returns how much.</summary>
    private static int Begin(PayloadBuffer buffer, SocketIONamespace @namespace, int more)
    {
        var room = MaxFixedHead + @namespace.MessagePack.Length + more;
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
