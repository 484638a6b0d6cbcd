using System.Buffers.Text;
using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>
/// Writes packets of Socket.IO's default parser (docs/protocol/socketio.md), each to a buffer of its own and as the whole text message, Engine.IO's type included. What attachments a
/// packet has is known only when its payload has been written, so the payload begins behind room for the longest head, which is written last and just before it.
/// </summary>
/// <remarks>
/// Attachments are what the payload has as bytes; they are to be sent right behind the packet, in order, each as a binary message. A list of none is returned where there are none.
/// A packet that would need more than <see cref="TextPacketReader.MaxAttachments"/>, which the other end would not take, is refused with <see cref="PayloadException"/>.
/// </remarks>
internal static class TextPacketWriter
{
    // The two types, the count of attachments and its hyphen, and an acknowledgement id.
    private const int MaxFixedHead = 2 + 3 + 10;

    [ThreadStatic]
    private static List<byte[]>? s_attachments;

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="route">Where the event goes.</param>
    /// <param name="ackId">What the answer is correlated with; null for an event that is not answered.</param>
    /// <param name="arguments">The arguments of the event.</param>
    /// <param name="attachments">What is to be sent behind the packet.</param>
    /// <param name="offset">What a client that comes back tells to be sent what it missed since; travels as an argument behind the last. Null where there is none.</param>
    /// <param name="isAmongOffsets">Whether other events have offsets: a text that stands last would be taken for one, so null is put behind it.</param>
    public static ReadOnlySpan<byte> WriteEvent<TArguments>(
        PayloadBuffer buffer, SocketIORoute route, uint? ackId, in TArguments arguments, out byte[][] attachments, string? offset = null, bool isAmongOffsets = false)
        where TArguments : struct, IPayload
    {
        var room = Begin(buffer, route.Namespace, route.TextHead.Length);
        var list = RentList();
        var writer = new JsonWriter(buffer, list);
        arguments.Write(ref writer);
        writer.Flush();
        attachments = ReturnList(list);
        // The bracket before the first argument makes way for what separates it from the name; where there is none, for the end of the name.
        var hasArguments = buffer.Written[room + 1] != ']';
        var end = hasArguments ? room : room + 1;
        if (hasArguments)
        {
            buffer.Patch[room] = (byte)',';
        }

        if (offset is not null || (isAmongOffsets && buffer.Written is [.., (byte)'"', (byte)']']))
        {
            Append(buffer, offset);
        }

        var head = route.TextHead;
        head.CopyTo(buffer.Patch[(end - head.Length)..]);
        return End(buffer, end - head.Length, attachments.Length == 0 ? SocketIOPacketType.Event : SocketIOPacketType.BinaryEvent, attachments.Length, route.Namespace, ackId);
    }

    /// <summary>Writes the answer to an event: an acknowledgement with one value.</summary>
    public static ReadOnlySpan<byte> WriteReply<TResult, TCodec>(
        PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, TResult result, out byte[][] attachments)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        var room = Begin(buffer, @namespace, 0);
        var list = RentList();
        var writer = new JsonWriter(buffer, list);
        writer.BeginArray(1);
        TCodec.Write(ref writer, result);
        writer.EndArray();
        writer.Flush();
        attachments = ReturnList(list);
        return End(buffer, room, attachments.Length == 0 ? SocketIOPacketType.Ack : SocketIOPacketType.BinaryAck, attachments.Length, @namespace, ackId);
    }

    /// <summary>Writes the answer to an event: an acknowledgement with any number of values.</summary>
    public static ReadOnlySpan<byte> WriteAnswer<TArguments>(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, scoped in TArguments arguments, out byte[][] attachments)
        where TArguments : struct, IPayload
    {
        var room = Begin(buffer, @namespace, 0);
        var list = RentList();
        var writer = new JsonWriter(buffer, list);
        arguments.Write(ref writer);
        writer.Flush();
        attachments = ReturnList(list);
        return End(buffer, room, attachments.Length == 0 ? SocketIOPacketType.Ack : SocketIOPacketType.BinaryAck, attachments.Length, @namespace, ackId);
    }

    /// <summary>Writes the answer to an event that has no result.</summary>
    public static ReadOnlySpan<byte> WriteAck(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId)
    {
        var room = Begin(buffer, @namespace, 0);
        buffer.Write("[]"u8);
        return End(buffer, room, SocketIOPacketType.Ack, 0, @namespace, ackId);
    }

    public static ReadOnlySpan<byte> WriteFault(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null) =>
        WriteReply<FaultData, FaultData>(buffer, @namespace, ackId, new FaultData(fault, detail, retryAfter), out _);

    /// <summary>Asks to open a namespace.</summary>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="auth">What the server decides by, as a JSON object; empty for nothing.</param>
    public static ReadOnlySpan<byte> WriteConnect(PayloadBuffer buffer, SocketIONamespace @namespace, ReadOnlySpan<byte> auth = default)
    {
        var room = Begin(buffer, @namespace, 0);
        buffer.Write(auth);
        return End(buffer, room, SocketIOPacketType.Connect, 0, @namespace, null);
    }

    public static ReadOnlySpan<byte> WriteConnect<TAuth, TCodec>(PayloadBuffer buffer, SocketIONamespace @namespace, TAuth auth) where TCodec : struct, IPayloadCodec<TAuth> =>
        WriteData<TAuth, TCodec>(buffer, SocketIOPacketType.Connect, @namespace, auth);

    /// <summary>Says that a namespace is open.</summary>
    public static ReadOnlySpan<byte> WriteConnected(PayloadBuffer buffer, SocketIONamespace @namespace, ConnectedData data) =>
        WriteData<ConnectedData, ConnectedData>(buffer, SocketIOPacketType.Connect, @namespace, data);

    /// <summary>Says that a namespace is refused.</summary>
    public static ReadOnlySpan<byte> WriteConnectError<TData, TCodec>(PayloadBuffer buffer, SocketIONamespace @namespace, ConnectErrorData<TData, TCodec> error)
        where TCodec : struct, IPayloadCodec<TData> =>
        WriteData<ConnectErrorData<TData, TCodec>, ConnectErrorData<TData, TCodec>>(buffer, SocketIOPacketType.ConnectError, @namespace, error);

    public static ReadOnlySpan<byte> WriteDisconnect(PayloadBuffer buffer, SocketIONamespace @namespace) =>
        End(buffer, Begin(buffer, @namespace, 0), SocketIOPacketType.Disconnect, 0, @namespace, null);

    // Without attachments, which only events and acknowledgements have: bytes are base64 here.
    private static ReadOnlySpan<byte> WriteData<TData, TCodec>(PayloadBuffer buffer, SocketIOPacketType type, SocketIONamespace @namespace, TData data)
        where TCodec : struct, IPayloadCodec<TData>
    {
        var room = Begin(buffer, @namespace, 0);
        var writer = new JsonWriter(buffer);
        TCodec.Write(ref writer, data);
        writer.Flush();
        return End(buffer, room, type, 0, @namespace, null);
    }

    /// <summary>Leaves room for the longest head and returns how much.</summary>
    private static int Begin(PayloadBuffer buffer, SocketIONamespace @namespace, int more)
    {
        var room = MaxFixedHead + @namespace.TextHead.Length + more;
        buffer.GetSpan(room);
        buffer.Advance(room);
        return room;
    }

    /// <summary>Adds a last argument, over the bracket that ends the array.</summary>
    private static void Append(PayloadBuffer buffer, string? argument)
    {
        buffer.Patch[^1] = (byte)',';
        var writer = new JsonWriter(buffer);
        if (argument is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteString(argument);
        }

        writer.Flush();
        buffer.Write("]"u8);
    }

    /// <summary>Writes the head in front of the payload, which begins at <paramref name="end"/>.</summary>
    private static ReadOnlySpan<byte> End(PayloadBuffer buffer, int end, SocketIOPacketType type, int attachments, SocketIONamespace @namespace, uint? ackId)
    {
        Span<byte> head = stackalloc byte[MaxFixedHead];
        var position = end;
        if (ackId is { } id)
        {
            Utf8Formatter.TryFormat(id, head, out var digits);
            position -= digits;
            head[..digits].CopyTo(buffer.Patch[position..]);
        }

        position -= @namespace.TextHead.Length;
        @namespace.TextHead.CopyTo(buffer.Patch[position..]);
        if (attachments > 0)
        {
            Utf8Formatter.TryFormat(attachments, head, out var digits);
            buffer.Patch[--position] = (byte)'-';
            position -= digits;
            head[..digits].CopyTo(buffer.Patch[position..]);
        }

        buffer.Patch[--position] = (byte)('0' + (byte)type);
        buffer.Patch[--position] = (byte)Packets.PacketType.Message;
        return buffer.Written[position..];
    }

    // Taken while it is written to, so that what writes an event inside finds another.
    private static List<byte[]> RentList()
    {
        var list = s_attachments ?? [];
        s_attachments = null;
        return list;
    }

    private static byte[][] ReturnList(List<byte[]> list)
    {
        var attachments = list.Count <= TextPacketReader.MaxAttachments
            ? list.ToArray()
            : throw new PayloadException($"The payload has bytes in {list.Count} places, and a Socket.IO packet takes no more than {TextPacketReader.MaxAttachments} attachments.");
        list.Clear();
        s_attachments = list;
        return attachments;
    }
}
