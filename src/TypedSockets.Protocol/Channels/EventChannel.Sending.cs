using System.Diagnostics;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <inheritdoc/>
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        if (_observer is { ObservesSending: true } observer)
        {
            SendObserved(observer, eventId, arguments);
            return;
        }

        SendEvent(GetRoute(eventId), eventId, null, arguments, null);
    }

    /// <inheritdoc/>
    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        if (_observer is { ObservesRequests: true } observer)
        {
            return RequestObserved(observer, eventId, arguments, cancellationToken);
        }

        var request = new PendingAcknowledgement(GetPending(), NameOf(_outgoing, eventId), _options.RequestTimeout);
        SendRequest(request, eventId, arguments, null, cancellationToken);
        return request.Task;
    }

    /// <inheritdoc/>
    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
    {
        if (_observer is { ObservesRequests: true } observer)
        {
            return RequestObserved<TArguments, TResult, TCodec>(observer, eventId, arguments, cancellationToken);
        }

        var request = new PendingRequest<TResult, TCodec>(GetPending(), NameOf(_outgoing, eventId), _options.RequestTimeout);
        SendRequest(request, eventId, arguments, null, cancellationToken);
        return request.Task;
    }

    /// <summary>Returns how many bytes were sent.</summary>
    private long SendRequest<TArguments>(PendingRequest request, int eventId, in TArguments arguments, Activity? activity, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        cancellationToken.ThrowIfCancellationRequested();
        var route = GetRoute(eventId);
        request.Register();
        long bytes;
        try
        {
            bytes = SendEvent(route, eventId, request.AckId, arguments, activity);
        }
        catch
        {
            request.Withdraw();
            throw;
        }

        request.LinkTo(cancellationToken);
        return bytes;
    }

    /// <summary>Returns how many bytes were sent.</summary>
    private long SendEvent<TArguments>(EventRoute route, int eventId, uint? ackId, in TArguments arguments, Activity? activity) where TArguments : struct, IPayload
    {
        using var buffer = PayloadBuffer.Rent();
        var packet = PacketWriter.WriteEvent(_host.Codec, buffer, _numbers, route, eventId, ackId, arguments, out var attachments);
        if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > _host.MaxPacketBytes)
        {
            throw new PayloadTooLargeException(NameOf(_outgoing, eventId), largest, _host.MaxPacketBytes);
        }

        if (activity is not null)
        {
            return SendTraced(packet, attachments, activity);
        }

        _host.Send(packet, attachments);
        return PacketWriter.Size(packet, attachments);
    }

    private EventRoute GetRoute(int eventId)
    {
        if (_ended is { } reason)
        {
            throw new NotConnectedException(NameOf(_outgoing, eventId), reason);
        }

        return _numbers.RouteOf(eventId) ?? throw new EventNotSupportedException(NameOf(_outgoing, eventId), "the peer's build of the contract does not have it.");
    }

    private void SendCancel(uint ackId)
    {
        if (_ended is null)
        {
            using var buffer = PayloadBuffer.Rent();
            _host.Send(Ts1Writer.WriteCancel(buffer, _numbers.NamespaceNumber, ackId));
        }
    }

    /// <summary>Sends what handlers answer.</summary>
    private sealed class Replies(EventChannel channel) : EventReplies
    {
        private EventCodec Codec => channel._host.Codec;

        public override void Reply<TResult, TCodec>(uint ackId, TResult result) => SendReply<TResult, TCodec>(ackId, result);

        public override void Acknowledge(uint ackId) => SendAck(ackId);

        /// <summary>Returns how many bytes were sent.</summary>
        public long SendReply<TResult, TCodec>(uint ackId, TResult result) where TCodec : struct, IPayloadCodec<TResult>
        {
            using var buffer = PayloadBuffer.Rent();
            var packet = PacketWriter.WriteReply<TResult, TCodec>(Codec, buffer, channel._numbers, ackId, result, out var attachments);
            if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > channel._host.MaxPacketBytes)
            {
                SendFault(ackId, RemoteFault.ResultTooLarge, $"{largest:N0} bytes exceed the limit of {channel._host.MaxPacketBytes:N0} bytes (MaxPayloadBytes).");
                return 0;
            }

            return Send(ackId, packet, attachments);
        }

        /// <inheritdoc cref="SendReply"/>
        public long SendAck(uint ackId)
        {
            using var buffer = PayloadBuffer.Rent();
            return Send(ackId, PacketWriter.WriteAck(Codec, buffer, channel._numbers, ackId));
        }

        public override void Fault(int eventId, uint? ackId, Exception exception)
        {
            // A cancellation that the caller asked for, or that the end of the connection caused, is no fault of the handler.
            var isCanceled = exception is OperationCanceledException;
            if (!isCanceled)
            {
                channel._observer?.HandlerFailed(eventId, exception);
                channel._host.OnHandlerFault(channel.NameOf(channel._incoming, eventId), exception);
            }

            if (ackId is { } id)
            {
                var detail = channel._options.DetailedErrors && !isCanceled ? $"{exception.GetType()}: {exception.Message}" : null;
                SendFault(id, isCanceled ? RemoteFault.Canceled : RemoteFault.HandlerFailed, detail);
            }
        }

        public override CancellationToken GetCancellationToken(uint? ackId) => channel.GetRunning().GetToken(ackId);

        /// <summary>This end's build of the contract does not have the event.</summary>
        public void RefuseUnknown(uint ackId) => SendFault(ackId, RemoteFault.NotSupported, null);

        /// <summary>The arguments are not what the event takes.</summary>
        public void RefuseArguments(uint ackId, string detail) => SendFault(ackId, RemoteFault.InvalidArguments, detail);

        /// <summary>An event without a contract failed.</summary>
        public void Refuse(uint ackId, RemoteFault fault, string? detail) => SendFault(ackId, fault, detail);

        private void SendFault(uint ackId, RemoteFault fault, string? detail)
        {
            using var buffer = PayloadBuffer.Rent();
            Send(ackId, PacketWriter.WriteFault(Codec, buffer, channel._numbers, ackId, fault, detail));
        }

        private long Send(uint ackId, ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments = default)
        {
            Volatile.Read(ref channel._running)?.Finish(ackId);
            if (channel._ended is not null)
            {
                return 0;
            }

            channel._host.Send(packet, attachments);
            return PacketWriter.Size(packet, attachments);
        }
    }
}
