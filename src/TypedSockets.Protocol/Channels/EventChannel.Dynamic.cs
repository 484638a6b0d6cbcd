using System.Text;
using System.Text.Json;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel : IDynamicSender, IDynamicReplies
{
    private Func<DynamicEvent, ValueTask>? _onAny;

    /// <inheritdoc/>
    public void Emit(string name, ReadOnlySpan<DynamicValue> arguments)
    {
        var route = GetDynamicRoute(name);
        using var buffer = PayloadBuffer.Rent();
        var bytes = SendDynamic(name, PacketWriter.WriteDynamicEvent(_host.Codec, buffer, route, null, new DynamicPayload(arguments.ToArray()), out var attachments), attachments);
        _observer?.SentOther(1, bytes);
    }

    /// <inheritdoc/>
    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var route = GetDynamicRoute(name);
        var request = new PendingDynamic(GetPending(), _shape, name, DefaultTimeout);
        request.Register();
        using var buffer = PayloadBuffer.Rent();
        try
        {
            var bytes = SendDynamic(name, PacketWriter.WriteDynamicEvent(_host.Codec, buffer, route, request.AckId, new DynamicPayload(arguments.ToArray()), out var attachments), attachments);
            _observer?.SentOther(1, bytes);
        }
        catch
        {
            request.Withdraw();
            throw;
        }

        request.LinkTo(cancellationToken);
        return request.Task;
    }

    /// <inheritdoc/>
    public void Acknowledge(string name, uint ackId, ReadOnlySpan<DynamicValue> arguments)
    {
        if (_ended is null)
        {
            using var buffer = PayloadBuffer.Rent();
            var bytes = SendDynamic(name, PacketWriter.WriteDynamicAck(_host.Codec, buffer, _numbers.SocketIO.Namespace, ackId, new DynamicPayload(arguments.ToArray()), out var attachments), attachments);
            _observer?.Answered(bytes);
        }
    }

    /// <inheritdoc/>
    public void Refuse(uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter) => _replies.Refuse(ackId, fault, detail, retryAfter);

    /// <summary>An event came that the contract does not have. For the receive loop.</summary>
    private void ReceiveDynamic(ReadOnlySpan<byte> name, uint? ackId, scoped PayloadBytes payload)
    {
        if (_onAny is not { } handler)
        {
            if (!JsonSyntax.IsValid(payload.Bytes))
            {
                throw NotJson($"The arguments of event '{DynamicNameOf(Encoding.UTF8.GetString(name))}'", null);
            }

            RefuseUnknown(ackId);
            return;
        }

        // Settled here: what is not JSON ends the session before anything behind it is handled.
        var text = Encoding.UTF8.GetString(name);
        DynamicArguments arguments;
        try
        {
            arguments = DynamicArguments.Parse(payload.Bytes, payload.Attachments, _options.PayloadLimits);
        }
        catch (JsonException exception)
        {
            RefuseDynamic(text, ackId, payload, exception);
            return;
        }

        var @event = new DynamicEvent(text, arguments, ackId, this);
        var bytes = name.Length + payload.Bytes.Length;
        foreach (var attachment in payload.Attachments)
        {
            bytes += attachment.Length;
        }

        _queue.Run(() => HandleDynamicAsync(handler, @event), bytes, WorkKind.Handler);
    }

    private void RefuseDynamic(string name, uint? ackId, scoped PayloadBytes payload, JsonException exception)
    {
        var what = DynamicNameOf(name);
        if (!JsonSyntax.IsValid(payload.Bytes))
        {
            throw NotJson($"The arguments of event '{what}'", exception);
        }

        var detail = $"The payload is nested deeper than the limit of {_options.PayloadLimits.MaxDepth} (MaxDepth).";
        _observer?.RefusedOther(ErrorTypes.InvalidArguments);
        _host.OnRefused(this, new EventRefused(what, detail));
        if (ackId is { } id)
        {
            _replies.RefuseArguments(id, detail);
        }
    }

    private async ValueTask HandleDynamicAsync(Func<DynamicEvent, ValueTask> handler, DynamicEvent @event)
    {
        _observer?.HandledOther();
        try
        {
            await handler(@event).ConfigureAwait(false);
        }
        catch (EventRefusedException refused)
        {
            _observer?.RefusedOther(ErrorTypes.Of(refused.Fault));
            _host.OnRefused(this, new EventRefused(DynamicNameOf(@event.Name), refused.Message) { Fault = refused.Fault });
            @event.Refuse(refused.Fault, refused.Detail, refused.RetryAfter);
        }
        catch (Exception exception)
        {
            _observer?.OtherHandlerFailed(exception);
            _host.OnHandlerFault(DynamicNameOf(@event.Name), exception);
            @event.Refuse(RemoteFault.HandlerFailed, DetailOf(exception));
        }
    }

    private SocketIORoute GetDynamicRoute(string name)
    {
        if (_ended is { } reason)
        {
            throw new NotConnectedException(DynamicNameOf(name), reason);
        }

        return _host.Codec is EventCodec.Ts1
            ? throw new EventNotSupportedException(DynamicNameOf(name), "no contract has it, and the peer does not speak Socket.IO.")
            : new SocketIORoute(_numbers.SocketIO.Namespace, name);
    }

    /// <summary>Returns how many bytes were sent.</summary>
    private long SendDynamic(string name, ReadOnlySpan<byte> packet, byte[][] attachments)
    {
        if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > _host.MaxPacketBytes)
        {
            throw new PayloadTooLargeException(DynamicNameOf(name), largest, _host.MaxPacketBytes);
        }

        _host.Send(packet, attachments);
        return PacketWriter.Size(packet, attachments);
    }

    private string DynamicNameOf(string name) => $"{_shape.Name}.{name}";
}
