using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>
/// Writes ts1 packets (docs/protocol/ts1.md), each to a buffer of its own. The packet begins behind room for the longest length, which is written last and just before it.
/// </summary>
internal static class Ts1Writer
{
    private const int MaxHead = Varint.MaxSize + 1 + (3 * Varint.MaxSize);

    public static ReadOnlySpan<byte> WriteEvent<TArguments>(PayloadBuffer buffer, EventRoute route, in TArguments arguments)
        where TArguments : struct, IPayload
    {
        Begin(buffer, NamespacePacketType.Event, route.NamespaceNumber, route.EventNumber, null);
        return WriteArguments(buffer, arguments);
    }

    public static ReadOnlySpan<byte> WriteRequest<TArguments>(PayloadBuffer buffer, EventRoute route, uint ackId, in TArguments arguments)
        where TArguments : struct, IPayload
    {
        Begin(buffer, NamespacePacketType.Request, route.NamespaceNumber, route.EventNumber, ackId);
        return WriteArguments(buffer, arguments);
    }

    /// <summary>Writes a request and, right in front of it, how long its sender waits.</summary>
    /// <param name="buffer">Takes both packets.</param>
    /// <param name="route">Where the request goes.</param>
    /// <param name="ackId">What correlates its answer.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="deadline">How long the sender waits, in milliseconds.</param>
    public static ReadOnlySpan<byte> WriteRequest<TArguments>(PayloadBuffer buffer, EventRoute route, uint ackId, in TArguments arguments, uint deadline)
        where TArguments : struct, IPayload
    {
        buffer.GetSpan(PacketContext.MaxSize);
        buffer.Advance(PacketContext.MaxSize);
        Begin(buffer, NamespacePacketType.Request, route.NamespaceNumber, route.EventNumber, ackId);
        var writer = new MessagePackWriter(buffer);
        arguments.Write(ref writer);
        writer.Flush();
        var start = WriteLength(buffer, PacketContext.MaxSize);
        return buffer.Written[PacketContext.WriteBefore(buffer.Patch, start, route.NamespaceNumber, deadline)..];
    }

    public static ReadOnlySpan<byte> WriteReply<TResult, TCodec>(PayloadBuffer buffer, uint namespaceNumber, uint ackId, TResult result)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        Begin(buffer, NamespacePacketType.Ack, namespaceNumber, null, ackId);
        var writer = new MessagePackWriter(buffer);
        TCodec.Write(ref writer, result);
        return End(buffer, ref writer);
    }

    public static ReadOnlySpan<byte> WriteAck(PayloadBuffer buffer, uint namespaceNumber, uint ackId) =>
        WriteBare(buffer, NamespacePacketType.Ack, namespaceNumber, ackId);

    public static ReadOnlySpan<byte> WriteCancel(PayloadBuffer buffer, uint namespaceNumber, uint ackId) =>
        WriteBare(buffer, NamespacePacketType.Cancel, namespaceNumber, ackId);

    public static ReadOnlySpan<byte> WriteFault(PayloadBuffer buffer, uint namespaceNumber, uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null)
    {
        Begin(buffer, NamespacePacketType.Fault, namespaceNumber, null, ackId);
        return WriteFault(buffer, fault, detail, retryAfter);
    }

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="namespaceNumber">The server's number of the namespace.</param>
    /// <param name="ackId">The request.</param>
    /// <param name="stream">Which of its streams.</param>
    /// <param name="items">Has the item.</param>
    /// <param name="size">The item's own size.</param>
    public static ReadOnlySpan<byte> WriteStreamItem(PayloadBuffer buffer, uint namespaceNumber, uint ackId, int stream, StreamItems items, out int size)
    {
        Begin(buffer, NamespacePacketType.StreamItem, namespaceNumber, ackId, (uint)stream);
        var head = buffer.Length;
        items.WriteCurrent(buffer);
        size = buffer.Length - head;
        return EndLength(buffer);
    }

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="namespaceNumber">The server's number of the namespace.</param>
    /// <param name="ackId">The request.</param>
    /// <param name="stream">Which of its streams.</param>
    /// <param name="fault">What cut it short; null when it came to its end.</param>
    /// <param name="detail">More about it, where the peer may know.</param>
    public static ReadOnlySpan<byte> WriteStreamEnd(PayloadBuffer buffer, uint namespaceNumber, uint ackId, int stream, RemoteFault? fault, string? detail)
    {
        Begin(buffer, NamespacePacketType.StreamEnd, namespaceNumber, ackId, (uint)stream);
        return fault is { } kind ? WriteFault(buffer, kind, detail) : EndLength(buffer);
    }

    public static ReadOnlySpan<byte> WriteStreamCredit(PayloadBuffer buffer, uint namespaceNumber, uint ackId, int stream, uint items, uint bytes)
    {
        Begin(buffer, NamespacePacketType.StreamCredit, namespaceNumber, ackId, (uint)stream);
        var target = buffer.GetSpan(2 * Varint.MaxSize);
        var size = Varint.Write(target, items);
        buffer.Advance(size + Varint.Write(target[size..], bytes));
        return EndLength(buffer);
    }

    public static ReadOnlySpan<byte> WriteStreamCancel(PayloadBuffer buffer, uint namespaceNumber, uint ackId, int stream)
    {
        Begin(buffer, NamespacePacketType.StreamCancel, namespaceNumber, ackId, (uint)stream);
        return EndLength(buffer);
    }

    /// <summary>Writes a fault that the event declares: its kind, no detail, its name and its value.</summary>
    public static ReadOnlySpan<byte> WriteFault<TFault, TCodec>(PayloadBuffer buffer, uint namespaceNumber, uint ackId, string name, TFault value)
        where TCodec : struct, IPayloadCodec<TFault>
    {
        Begin(buffer, NamespacePacketType.Fault, namespaceNumber, null, ackId);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(4);
        writer.WriteInt32((int)RemoteFault.Declared);
        writer.WriteNil();
        writer.WriteString(name);
        TCodec.Write(ref writer, value);
        return End(buffer, ref writer);
    }

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="correlation">A number of the client's choice, which the answer has too.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="fingerprint">That of the client's contract.</param>
    /// <param name="payload">Writes <paramref name="auth"/>; null where there is none.</param>
    /// <param name="auth">What the client says about itself; null for nothing.</param>
    /// <param name="agreement">How the client's contract compares with the server's, where the server has asked; otherwise null.</param>
    public static ReadOnlySpan<byte> WriteConnect(
        PayloadBuffer buffer, uint correlation, string @namespace, ulong fingerprint, ConnectPayload? payload = null, object? auth = null, ContractAgreement? agreement = null)
    {
        Begin(buffer, NamespacePacketType.Connect, correlation, null, null);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(agreement is not null ? 4 : auth is not null ? 3 : 2);
        writer.WriteString(@namespace);
        writer.WriteUInt64(fingerprint);
        if (auth is not null)
        {
            writer.Flush();
            payload!.WriteMessagePack(buffer, auth);
            writer = new MessagePackWriter(buffer);
        }
        else if (agreement is not null)
        {
            writer.WriteNil();
        }

        if (agreement is not null)
        {
            AgreementCodec.Write(ref writer, agreement);
        }

        return End(buffer, ref writer);
    }

    /// <summary>Asks a client whose contract differs how the two compare.</summary>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="correlation">The number in the client's CONNECT.</param>
    /// <param name="shape">The server's contract.</param>
    public static ReadOnlySpan<byte> WriteCompare(PayloadBuffer buffer, uint correlation, ContractShape shape)
    {
        Begin(buffer, NamespacePacketType.Compare, correlation, null, null);
        var writer = new MessagePackWriter(buffer);
        EventTable.Write(ref writer, shape);
        return End(buffer, ref writer);
    }

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="correlation">The number in the client's CONNECT.</param>
    /// <param name="namespaceNumber">The server's number of the namespace.</param>
    /// <param name="connectionId">The public id of the connection.</param>
    public static ReadOnlySpan<byte> WriteConnected(PayloadBuffer buffer, uint correlation, uint namespaceNumber, string connectionId)
    {
        Begin(buffer, NamespacePacketType.Connected, correlation, null, null);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(2);
        writer.WriteInt64(namespaceNumber);
        writer.WriteString(connectionId);
        return End(buffer, ref writer);
    }

    /// <param name="buffer">Takes the packet.</param>
    /// <param name="type">Which of the packets that carry a reason.</param>
    /// <param name="namespaceNumber">The namespace that it concerns.</param>
    /// <param name="reason">The reason, as this end sees it.</param>
    public static ReadOnlySpan<byte> WriteReason(PayloadBuffer buffer, NamespacePacketType type, uint namespaceNumber, DisconnectReason reason)
    {
        Begin(buffer, type, namespaceNumber, null, null);
        var writer = new MessagePackWriter(buffer);
        ReasonCodec.Write(ref writer, reason);
        return End(buffer, ref writer);
    }

    /// <summary>Asks the client for a new token.</summary>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="left">For how long the session's authentication still holds.</param>
    public static ReadOnlySpan<byte> WriteTokenWanted(PayloadBuffer buffer, TimeSpan left)
    {
        Begin(buffer, NamespacePacketType.TokenWanted, 0, null, null);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(1);
        writer.WriteInt64((long)left.TotalMilliseconds);
        return End(buffer, ref writer);
    }

    /// <summary>Sends the server a new token.</summary>
    public static ReadOnlySpan<byte> WriteToken(PayloadBuffer buffer, string token)
    {
        Begin(buffer, NamespacePacketType.Token, 0, null, null);
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(1);
        writer.WriteString(token);
        return End(buffer, ref writer);
    }

    /// <summary>Refuses a namespace.</summary>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="correlation">The number in the client's CONNECT.</param>
    /// <param name="reason">Why.</param>
    /// <param name="payload">Writes <paramref name="data"/>; null where there is none.</param>
    /// <param name="data">What else the client is told; null for nothing.</param>
    public static ReadOnlySpan<byte> WriteRefusal(PayloadBuffer buffer, uint correlation, DisconnectReason reason, ConnectPayload? payload, object? data)
    {
        Begin(buffer, NamespacePacketType.ConnectError, correlation, null, null);
        var writer = new MessagePackWriter(buffer);
        ReasonCodec.Write(ref writer, reason, data is null ? 0 : 1);
        writer.Flush();
        if (data is not null)
        {
            payload!.WriteMessagePack(buffer, data);
        }

        return EndLength(buffer);
    }

    private static ReadOnlySpan<byte> WriteArguments<TArguments>(PayloadBuffer buffer, in TArguments arguments) where TArguments : struct, IPayload
    {
        var writer = new MessagePackWriter(buffer);
        arguments.Write(ref writer);
        return End(buffer, ref writer);
    }

    private static ReadOnlySpan<byte> WriteFault(PayloadBuffer buffer, RemoteFault fault, string? detail, TimeSpan? retryAfter = null)
    {
        var writer = new MessagePackWriter(buffer);
        writer.BeginArray(retryAfter is null ? 2 : 3);
        writer.WriteInt32((int)fault);
        ReasonCodec.WriteText(ref writer, detail);
        if (retryAfter is { } wait)
        {
            writer.WriteInt64((long)wait.TotalMilliseconds);
        }

        return End(buffer, ref writer);
    }

    private static ReadOnlySpan<byte> WriteBare(PayloadBuffer buffer, NamespacePacketType type, uint namespaceNumber, uint ackId)
    {
        Begin(buffer, type, namespaceNumber, null, ackId);
        return EndLength(buffer);
    }

    private static void Begin(PayloadBuffer buffer, NamespacePacketType type, uint namespaceNumber, uint? first, uint? second)
    {
        var target = buffer.GetSpan(MaxHead);
        var position = Varint.MaxSize;
        target[position++] = (byte)type;
        position += Varint.Write(target[position..], namespaceNumber);
        if (first is { } number)
        {
            position += Varint.Write(target[position..], number);
        }

        if (second is { } next)
        {
            position += Varint.Write(target[position..], next);
        }

        buffer.Advance(position);
    }

    private static ReadOnlySpan<byte> End(PayloadBuffer buffer, scoped ref MessagePackWriter writer)
    {
        writer.Flush();
        return EndLength(buffer);
    }

    private static ReadOnlySpan<byte> EndLength(PayloadBuffer buffer) => buffer.Written[WriteLength(buffer, 0)..];

    /// <summary>Writes the length of the packet whose room begins at <paramref name="room"/>, and returns where the packet does.</summary>
    private static int WriteLength(PayloadBuffer buffer, int room)
    {
        var length = (uint)(buffer.Length - room - Varint.MaxSize);
        var start = room + Varint.MaxSize - Varint.SizeOf(length);
        Varint.Write(buffer.Patch[start..], length);
        return start;
    }
}
