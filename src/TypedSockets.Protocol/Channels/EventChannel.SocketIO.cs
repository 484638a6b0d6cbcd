using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
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

        if (packet.Type is SocketIOPacketType.Ack or SocketIOPacketType.BinaryAck)
        {
            TakeAnswer(packet, attachments);
            return;
        }

        using var @event = _host.Codec is EventCodec.SocketIOText ? EventPayload.SplitText(packet) : EventPayload.SplitMessagePack(packet);
        var eventId = _numbers.SocketIO.FindIncoming(@event.Name);
        if (eventId >= 0)
        {
            _queue.Receive(eventId, packet.AckId, new PayloadBytes(_host.Codec, @event.Arguments, attachments));
        }
        else if (packet.AckId is { } ackId)
        {
            _replies.RefuseUnknown(ackId);
        }
    }

    private void TakeAnswer(scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (packet.AckId is not { } ackId || Volatile.Read(ref _pending)?.TryTake(ackId) is not { } request)
        {
            return;
        }

        var payload = new PayloadBytes(_host.Codec, packet.Payload, attachments);
        var isText = _host.Codec is EventCodec.SocketIOText;
        if (isText ? FaultData.IsText(packet.Payload) : FaultData.IsMessagePack(packet.Payload))
        {
            TakeFault(request, payload);
            return;
        }

        try
        {
            request.Complete(payload, _options.PayloadLimits);
        }
        catch (Exception) when (!isText || JsonSyntax.IsValid(packet.Payload))
        {
            // Another type than expected is for the caller alone, who has been told.
        }
        catch (Exception exception)
        {
            throw NotJson($"The arguments of the acknowledgement of '{request.Event}'", exception);
        }
    }

    private void TakeFault(PendingRequest request, scoped PayloadBytes payload)
    {
        try
        {
            var fault = ResultReader.Read<FaultData, FaultData>(payload, _options.PayloadLimits);
            request.Fail(new RemoteException(request.Event, fault.Fault, fault.Message));
        }
        catch (PayloadException exception)
        {
            request.Fail(exception);
        }
    }

    // Other arguments than expected are a mistake of the caller's, and no reason to end the session.
    private ValueTask DispatchSocketIO(int eventId, uint? ackId, scoped PayloadBytes payload)
    {
        var call = new EventCall(_replies, eventId, ackId);
        var isRead = false;
        try
        {
            if (payload.Codec is EventCodec.SocketIOText)
            {
                var reader = new JsonReader(payload.Bytes, _options.PayloadLimits, payload.Attachments);
                try
                {
                    return _dispatcher!.Dispatch(eventId, ref reader, call);
                }
                finally
                {
                    isRead = reader.IsComplete;
                }
            }
            else
            {
                var reader = new MessagePackReader(payload.Bytes, _options.PayloadLimits);
                try
                {
                    return _dispatcher!.Dispatch(eventId, ref reader, call);
                }
                finally
                {
                    isRead = reader.IsComplete;
                }
            }
        }
        catch (Exception exception) when (isRead)
        {
            _replies.Fault(eventId, ackId, exception);
        }
        catch (Exception exception)
        {
            Refuse(eventId, ackId, payload, exception);
        }

        return default;
    }

    private void Refuse(int eventId, uint? ackId, scoped PayloadBytes payload, Exception exception)
    {
        var name = NameOf(_incoming, eventId);
        if (payload.Codec is EventCodec.SocketIOText && !JsonSyntax.IsValid(payload.Bytes))
        {
            throw NotJson($"The arguments of event '{name}'", exception);
        }

        // What a type's own constructor threw stays here: it may tell more than a stranger should know.
        var detail = exception is PayloadException ? exception.Message : "A value was refused by its type.";
        _host.OnRefused(this, new EventRefused(name, detail));
        if (ackId is { } id)
        {
            _replies.RefuseArguments(id, detail);
        }
    }

    private PacketException NotJson(string what, Exception exception) => new(new SocketIOViolationException($"{what} are not JSON.", exception).ReasonOn(_side));
}
