using System.Diagnostics;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Codecs;

/// <summary>Writes the packets of an open namespace in the codec of its session. A switch between static writers: the virtual call of a generic method would cost as much as a small event.</summary>
internal static class PacketWriter
{
    /// <param name="codec">The session's codec.</param>
    /// <param name="buffer">Takes the packet.</param>
    /// <param name="numbers">How the namespace and its events are called on the wire.</param>
    /// <param name="route">Where the event goes.</param>
    /// <param name="eventId">The compiled id of the event.</param>
    /// <param name="ackId">What correlates its answer; null for an event that is not answered.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="attachments">What is to be sent behind the packet.</param>
    public static ReadOnlySpan<byte> WriteEvent<TArguments>(
        EventCodec codec, PayloadBuffer buffer, EventNumbers numbers, EventRoute route, int eventId, uint? ackId, in TArguments arguments, out byte[][] attachments)
        where TArguments : struct, IPayload
    {
        attachments = [];
        return codec switch
        {
            EventCodec.Ts1 => ackId is { } id ? Ts1Writer.WriteRequest(buffer, route, id, arguments) : Ts1Writer.WriteEvent(buffer, route, arguments),
            EventCodec.SocketIOMessagePack => WriteTranscodedEvent(buffer, numbers.SocketIO.RouteOf(eventId), ackId, arguments, numbers.HaveOffsets && ackId is null),
            _ => TextPacketWriter.WriteEvent(buffer, numbers.SocketIO.RouteOf(eventId), ackId, arguments, out attachments, isAmongOffsets: numbers.HaveOffsets && ackId is null),
        };
    }

    public static ReadOnlySpan<byte> WriteReply<TResult, TCodec>(EventCodec codec, PayloadBuffer buffer, EventNumbers numbers, uint ackId, TResult result, out byte[][] attachments)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        attachments = [];
        return codec switch
        {
            EventCodec.Ts1 => Ts1Writer.WriteReply<TResult, TCodec>(buffer, numbers.NamespaceNumber, ackId, result),
            EventCodec.SocketIOMessagePack => WriteTranscodedReply<TResult, TCodec>(buffer, numbers.SocketIO.Namespace, ackId, result),
            _ => TextPacketWriter.WriteReply<TResult, TCodec>(buffer, numbers.SocketIO.Namespace, ackId, result, out attachments),
        };
    }

    public static ReadOnlySpan<byte> WriteAck(EventCodec codec, PayloadBuffer buffer, EventNumbers numbers, uint ackId) => codec switch
    {
        EventCodec.Ts1 => Ts1Writer.WriteAck(buffer, numbers.NamespaceNumber, ackId),
        EventCodec.SocketIOMessagePack => MessagePackPacketWriter.WriteAck(buffer, numbers.SocketIO.Namespace, ackId),
        _ => TextPacketWriter.WriteAck(buffer, numbers.SocketIO.Namespace, ackId),
    };

    public static ReadOnlySpan<byte> WriteFault(EventCodec codec, PayloadBuffer buffer, EventNumbers numbers, uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null) => codec switch
    {
        EventCodec.Ts1 => Ts1Writer.WriteFault(buffer, numbers.NamespaceNumber, ackId, fault, detail, retryAfter),
        EventCodec.SocketIOMessagePack => MessagePackPacketWriter.WriteFault(buffer, numbers.SocketIO.Namespace, ackId, fault, detail, retryAfter),
        _ => TextPacketWriter.WriteFault(buffer, numbers.SocketIO.Namespace, ackId, fault, detail, retryAfter),
    };

    /// <summary>Writes a fault that an event declares.</summary>
    public static ReadOnlySpan<byte> WriteFault<TFault, TCodec>(
        EventCodec codec, PayloadBuffer buffer, EventNumbers numbers, uint ackId, string name, TFault value, out byte[][] attachments)
        where TCodec : struct, IPayloadCodec<TFault>
    {
        attachments = [];
        if (codec is EventCodec.Ts1)
        {
            return Ts1Writer.WriteFault<TFault, TCodec>(buffer, numbers.NamespaceNumber, ackId, name, value);
        }

        var payload = new DeclaredFaultPayload<TFault, TCodec>(name, value);
        return codec is EventCodec.SocketIOMessagePack
            ? WriteTranscodedAnswer(buffer, numbers.SocketIO.Namespace, ackId, payload)
            : TextPacketWriter.WriteAnswer(buffer, numbers.SocketIO.Namespace, ackId, payload, out attachments);
    }

    /// <summary>Writes an event that no contract has. Not for ts1.</summary>
    public static ReadOnlySpan<byte> WriteDynamicEvent(
        EventCodec codec, PayloadBuffer buffer, SocketIORoute route, uint? ackId, in DynamicPayload payload, out byte[][] attachments)
    {
        attachments = [];
        return codec is EventCodec.SocketIOMessagePack
            ? WriteTranscodedEvent(buffer, route, ackId, payload)
            : TextPacketWriter.WriteEvent(buffer, route, ackId, payload, out attachments);
    }

    /// <summary>Writes the answer to an event that no contract has. Not for ts1.</summary>
    public static ReadOnlySpan<byte> WriteDynamicAck(
        EventCodec codec, PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, in DynamicPayload payload, out byte[][] attachments)
    {
        attachments = [];
        return codec is EventCodec.SocketIOMessagePack
            ? WriteTranscodedAnswer(buffer, @namespace, ackId, payload)
            : TextPacketWriter.WriteAnswer(buffer, @namespace, ackId, payload, out attachments);
    }

    /// <summary>Turns a text packet into one of MessagePack.</summary>
    public static ReadOnlySpan<byte> Transcode(PayloadBuffer buffer, SocketIONamespace @namespace, ReadOnlySpan<byte> text, byte[][] attachments) =>
        MessagePackPacketWriter.WriteTranscoded(buffer, @namespace, TextPacketReader.Read(text[1..]), attachments);

    // For JavaScript objects have names, whichever parser it uses; the MessagePack of generated serializers tells members by their order. So the text is written, and turned over.
    private static ReadOnlySpan<byte> WriteTranscodedEvent<TArguments>(PayloadBuffer buffer, SocketIORoute route, uint? ackId, in TArguments arguments, bool isAmongOffsets = false)
        where TArguments : struct, IPayload
    {
        using var text = PayloadBuffer.Rent();
        return Transcode(buffer, route.Namespace, TextPacketWriter.WriteEvent(text, route, ackId, arguments, out var attachments, isAmongOffsets: isAmongOffsets), attachments);
    }

    private static ReadOnlySpan<byte> WriteTranscodedAnswer<TAnswer>(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, TAnswer answer) where TAnswer : struct, IPayload
    {
        using var text = PayloadBuffer.Rent();
        return Transcode(buffer, @namespace, TextPacketWriter.WriteAnswer(text, @namespace, ackId, answer, out var attachments), attachments);
    }

    private static ReadOnlySpan<byte> WriteTranscodedReply<TResult, TCodec>(PayloadBuffer buffer, SocketIONamespace @namespace, uint ackId, TResult result)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        using var text = PayloadBuffer.Rent();
        return Transcode(buffer, @namespace, TextPacketWriter.WriteReply<TResult, TCodec>(text, @namespace, ackId, result, out var attachments), attachments);
    }

    /// <summary>The size of the largest message of a packet: what counts against the other end's limit.</summary>
    public static int LargestMessage(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        var largest = packet.Length;
        foreach (var attachment in attachments)
        {
            largest = Math.Max(largest, attachment.Length);
        }

        return largest;
    }

    /// <summary>The size of a packet with all of its messages.</summary>
    public static long Size(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
    {
        long size = packet.Length;
        foreach (var attachment in attachments)
        {
            size += attachment.Length;
        }

        return size;
    }

    /// <summary>
    /// Says in front of a packet which activity it belongs to, where the codec has room for that and the peer accepts it with the packet in one message. Otherwise the packet stays as it is:
    /// that somebody traces an event must not keep it from being sent.
    /// </summary>
    /// <param name="codec">The session's codec.</param>
    /// <param name="buffer">Takes both; not the one that holds the packet.</param>
    /// <param name="namespaceNumber">The server's number of the namespace.</param>
    /// <param name="activity">What the packet belongs to.</param>
    /// <param name="deadline">What is said in front of the packet already; null for nothing.</param>
    /// <param name="packet">The packet, with what is said already.</param>
    /// <param name="maxBytes">The largest message that the peer accepts.</param>
    public static ReadOnlySpan<byte> AddTrace(
        EventCodec codec, PayloadBuffer buffer, uint namespaceNumber, Activity activity, uint? deadline, ReadOnlySpan<byte> packet, long maxBytes)
    {
        if (codec is not EventCodec.Ts1 || activity.IdFormat is not ActivityIdFormat.W3C || packet.Length + PacketContext.MaxTracedSize > maxBytes)
        {
            return packet;
        }

        if (deadline is not null)
        {
            // There is one CONTEXT at most in front of a packet, so this one takes the place of the other.
            _ = Ts1Reader.Read(ref packet);
        }

        PacketContext.Write(buffer, namespaceNumber, deadline, activity);
        buffer.Write(packet);
        return buffer.Written;
    }

    /// <summary>This end leaves a namespace. Only ts1 says why.</summary>
    public static ReadOnlySpan<byte> WriteDisconnect(EventCodec codec, PayloadBuffer buffer, EventNumbers numbers, DisconnectReason reason) => codec switch
    {
        EventCodec.Ts1 => Ts1Writer.WriteReason(buffer, NamespacePacketType.Disconnect, numbers.NamespaceNumber, reason),
        EventCodec.SocketIOMessagePack => MessagePackPacketWriter.WriteDisconnect(buffer, numbers.SocketIO.Namespace),
        _ => TextPacketWriter.WriteDisconnect(buffer, numbers.SocketIO.Namespace),
    };
}
