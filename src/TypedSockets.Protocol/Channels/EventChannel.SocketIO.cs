using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <summary>The namespace as Socket.IO's packets name it.</summary>
    public ReadOnlySpan<byte> SocketIONamespace => _numbers.SocketIO.Namespace.Utf8;

    /// <summary>Handles an event or an acknowledgement. For the receive loop.</summary>
    /// <exception cref="PacketException">The payload is not JSON.</exception>
    public void Receive(scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (_ended is not null)
        {
            // The peer may not have heard of it yet.
            return;
        }

        if (_host.Codec is EventCodec.SocketIOText)
        {
            ReceiveText(packet, attachments);
            return;
        }

        ReceiveMessagePack(packet);
    }

    private void ReceiveText(scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (packet.Type is SocketIOPacketType.Ack or SocketIOPacketType.BinaryAck)
        {
            TakeAnswer(packet.AckId, new PayloadBytes(EventCodec.SocketIOText, packet.Payload, attachments));
            return;
        }

        if (packet.AckId is null)
        {
            Recovery?.Take(packet.Arguments);
        }

        using var @event = EventPayload.SplitText(packet);
        ReceiveEvent(@event.Name, packet.AckId, new PayloadBytes(EventCodec.SocketIOText, @event.Arguments, attachments));
    }

    // JavaScript's MessagePack has names in its objects, as JSON has, and is read by the same serializers once it is turned over.
    private void ReceiveMessagePack(scoped in SocketIOPacket packet)
    {
        using var json = PayloadBuffer.Rent();
        var bytes = new List<byte[]>();
        if (packet.Type is SocketIOPacketType.Ack)
        {
            ToJson(packet.Payload, json, bytes);
            TakeAnswer(packet.AckId, new PayloadBytes(EventCodec.SocketIOMessagePack, json.Written, ToAttachments(bytes)));
            return;
        }

        using var @event = EventPayload.SplitMessagePack(packet);
        ToJson(@event.Arguments, json, bytes);
        ReceiveEvent(@event.Name, packet.AckId, new PayloadBytes(EventCodec.SocketIOMessagePack, json.Written, ToAttachments(bytes)));
    }

    private void ToJson(ReadOnlySpan<byte> messagePack, PayloadBuffer target, List<byte[]> bytes)
    {
        try
        {
            JsonTranscoder.ToJson(messagePack, target, bytes, MessagePackPacketReader.Limits);
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new SocketIOViolationException($"A packet in MessagePack has no JSON for its values: {exception.Message}", exception).ReasonOn(_side));
        }
    }

    private static ReadOnlyMemory<byte>[] ToAttachments(List<byte[]> bytes) => bytes.Count == 0 ? [] : [.. bytes.Select(static value => (ReadOnlyMemory<byte>)value)];

    private void ReceiveEvent(ReadOnlySpan<byte> name, uint? ackId, scoped PayloadBytes arguments)
    {
        var eventId = _numbers.SocketIO.FindIncoming(name);
        if (eventId >= 0)
        {
            _queue.Receive(eventId, ackId, arguments);
        }
        else
        {
            ReceiveDynamic(name, ackId, arguments);
        }
    }

    private void TakeAnswer(uint? ackId, scoped PayloadBytes payload)
    {
        if (ackId is not { } id || Volatile.Read(ref _pending)?.TryTake(id) is not { } request)
        {
            return;
        }

        if (FaultData.IsText(payload.Bytes))
        {
            TakeFault(request, payload);
            return;
        }

        try
        {
            request.Complete(payload, _options.PayloadLimits);
        }
        catch (Exception exception)
        {
            // Another type than expected is for the caller alone, who has been told.
            if (!JsonSyntax.IsValid(payload.Bytes))
            {
                throw NotJson($"The arguments of the acknowledgement of '{request.Event}'", exception);
            }
        }
    }

    private void TakeFault(PendingRequest request, scoped PayloadBytes payload)
    {
        try
        {
            var fault = ResultReader.Read<FaultData, FaultData>(payload, _options.PayloadLimits);
            request.Fail(fault is { Fault: RemoteFault.Declared, Name: { } name }
                ? ReadDeclared(request, name, fault.Data, payload.Attachments)
                : new RemoteException(request.Event, fault.Fault, fault.Message) { RetryAfter = fault.RetryAfter });
        }
        catch (Exception exception)
        {
            // Another type than expected is for the caller alone; a type's own constructor may have refused the value with any exception.
            request.Fail(exception);
        }
    }

    private RemoteException ReadDeclared(PendingRequest request, string name, byte[]? data, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (request.FindFault(name) is not { } declared)
        {
            return new RemoteException(request.Event, name);
        }

        var reader = new JsonReader(data ?? throw PayloadException.Missing("the data of the fault"), _options.PayloadLimits, attachments);
        var exception = declared.Read(request.Event, ref reader);
        reader.Complete();
        return exception;
    }

    // Other arguments than expected are a mistake of the caller's, and no reason to end the session.
    private ValueTask DispatchSocketIO(int eventId, uint? ackId, scoped PayloadBytes payload, EventReplies replies)
    {
        var reader = new JsonReader(payload.Bytes, _options.PayloadLimits, payload.Attachments);
        try
        {
            return _dispatcher!.Dispatch(eventId, ref reader, new EventCall(replies, eventId, ackId));
        }
        catch (Exception exception)
        {
            if (reader.IsComplete)
            {
                replies.Fault(eventId, ackId, exception);
            }
            else
            {
                Refuse(eventId, ackId, payload, exception);
            }

            return default;
        }
    }

    private void Refuse(int eventId, uint? ackId, scoped PayloadBytes payload, Exception exception)
    {
        var name = NameOf(_incoming, eventId);
        if (!JsonSyntax.IsValid(payload.Bytes))
        {
            throw NotJson($"The arguments of event '{name}'", exception);
        }

        // What a type's own constructor threw stays here: it may tell more than a stranger should know.
        var detail = exception is PayloadException ? exception.Message : "A value was refused by its type.";
        _observer?.Refused(eventId, ErrorTypes.InvalidArguments);
        _host.OnRefused(this, new EventRefused(name, detail));
        if (ackId is { } id)
        {
            _replies.RefuseArguments(id, detail);
        }
    }

    private PacketException NotJson(string what, Exception? exception) => new(new SocketIOViolationException($"{what} are not JSON.", exception).ReasonOn(_side));
}
