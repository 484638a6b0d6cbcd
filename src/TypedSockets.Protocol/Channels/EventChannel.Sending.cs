using System.Diagnostics;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Channels;

internal sealed partial class EventChannel
{
    /// <inheritdoc/>
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        if (_observer is { ObservesSending: true } observer)
        {
            SendObserved(observer, eventId, arguments, static (channel, id, in values, activity) => channel.SendEvent(id, values, activity));
            return;
        }

        SendEvent(eventId, arguments, null);
    }

    /// <inheritdoc/>
    public override void SendLatest<TArguments>(int eventId, in TArguments arguments)
    {
        if (_observer is { ObservesSending: true } observer)
        {
            SendObserved(observer, eventId, arguments, static (channel, id, in values, activity) => channel.SendLatestEvent(id, values, activity));
            return;
        }

        SendLatestEvent(eventId, arguments, null);
    }

    /// <inheritdoc/>
    public override void SendDroppable<TArguments>(int eventId, in TArguments arguments)
    {
        if (_observer is { ObservesSending: true } observer)
        {
            SendObserved(observer, eventId, arguments, static (channel, id, in values, activity) => channel.SendDroppableEvent(id, values, activity));
            return;
        }

        SendDroppableEvent(eventId, arguments, null);
    }

    /// <inheritdoc/>
    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        Ask(eventId, arguments, TimeoutOf(_outgoing[eventId]), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        Ask<TArguments, TResult, TCodec>(eventId, arguments, TimeoutOf(_outgoing[eventId]), cancellationToken);

    /// <inheritdoc/>
    public ValueTask Request<TArguments>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload =>
        Ask(eventId, arguments, new AnswerTimeout(timeout, TimeoutSource.Call), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult> =>
        Ask<TArguments, TResult, TCodec>(eventId, arguments, new AnswerTimeout(timeout, TimeoutSource.Call), cancellationToken);

    /// <inheritdoc/>
    public override EventSender WithTimeout(TimeSpan timeout) => new LimitedSender(this, this, timeout);

    private AnswerTimeout DefaultTimeout => new(_options.RequestTimeout, TimeoutSource.Options);

    private AnswerTimeout TimeoutOf(EventShape shape) => shape.Timeout is { } own ? new AnswerTimeout(own, TimeoutSource.Event) : DefaultTimeout;

    private ValueTask Ask<TArguments>(int eventId, in TArguments arguments, AnswerTimeout timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload
    {
        if (_observer is { ObservesRequests: true } observer)
        {
            return AskObserved(observer, eventId, arguments, timeout, cancellationToken);
        }

        var request = new PendingAcknowledgement(GetPending(), _shape, _outgoing[eventId], timeout);
        SendRequest(request, eventId, arguments, timeout.Deadline, null, cancellationToken);
        return request.Task;
    }

    private ValueTask<TResult> Ask<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, AnswerTimeout timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult>
    {
        if (_observer is { ObservesRequests: true } observer)
        {
            return AskObserved<TArguments, TResult, TCodec>(observer, eventId, arguments, timeout, cancellationToken);
        }

        var request = new PendingRequest<TResult, TCodec>(GetPending(), _shape, _outgoing[eventId], timeout);
        SendRequest(request, eventId, arguments, timeout.Deadline, null, cancellationToken);
        return request.Task;
    }

    /// <summary>Returns how many bytes were sent.</summary>
    private long SendRequest<TArguments>(PendingRequest request, int eventId, in TArguments arguments, uint? deadline, Activity? activity, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        cancellationToken.ThrowIfCancellationRequested();
        var route = GetRoute(eventId);
        request.Register();
        return SendRegistered(request, route, eventId, arguments, deadline, activity, cancellationToken);
    }

    /// <summary>Returns how many bytes were sent.</summary>
    private long SendRegistered<TArguments>(
        PendingRequest request, EventRoute route, int eventId, in TArguments arguments, uint? deadline, Activity? activity, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        long bytes;
        using var buffer = PayloadBuffer.Rent();
        try
        {
            byte[][] attachments = [];
            var limit = _host.Codec is EventCodec.Ts1 ? deadline : null;
            var packet = limit is { } milliseconds
                ? Ts1Writer.WriteRequest(buffer, route, request.AckId, arguments, milliseconds)
                : PacketWriter.WriteEvent(_host.Codec, buffer, _numbers, route, eventId, request.AckId, arguments, out attachments);
            CheckSize(eventId, packet, attachments);
            using var traced = activity is null ? null : PayloadBuffer.Rent();
            packet = AddTrace(traced, activity, limit, packet);
            _host.Send(packet, attachments);
            bytes = PacketWriter.Size(packet, attachments);
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
    private long SendEvent<TArguments>(int eventId, in TArguments arguments, Activity? activity) where TArguments : struct, IPayload
    {
        using var buffer = PayloadBuffer.Rent();
        using var traced = activity is null ? null : PayloadBuffer.Rent();
        var packet = WriteEvent(buffer, traced, eventId, arguments, activity, out var attachments);
        _host.Send(packet, attachments);
        return PacketWriter.Size(packet, attachments);
    }

    /// <summary>Returns how many bytes were sent, or wait.</summary>
    private long SendLatestEvent<TArguments>(int eventId, in TArguments arguments, Activity? activity) where TArguments : struct, IConflatedPayload
    {
        using var buffer = PayloadBuffer.Rent();
        using var traced = activity is null ? null : PayloadBuffer.Rent();
        var packet = WriteEvent(buffer, traced, eventId, arguments, activity, out var attachments);
        if (!_host.TryOffer(packet, attachments))
        {
            using var key = PayloadBuffer.Rent();
            _host.Conflate(packet, attachments, ConflationKey.Write(key, _numbers.NamespaceNumber, eventId, arguments));
        }

        return PacketWriter.Size(packet, attachments);
    }

    /// <summary>Returns how many bytes were sent; 0 where the event was dropped.</summary>
    private long SendDroppableEvent<TArguments>(int eventId, in TArguments arguments, Activity? activity) where TArguments : struct, IPayload
    {
        using var buffer = PayloadBuffer.Rent();
        using var traced = activity is null ? null : PayloadBuffer.Rent();
        var packet = WriteEvent(buffer, traced, eventId, arguments, activity, out var attachments);
        if (_host.TryOffer(packet, attachments))
        {
            return PacketWriter.Size(packet, attachments);
        }

        _host.Drop();
        return 0;
    }

    /// <summary>Writes a one-way event, which the peer accepts, with what it belongs to.</summary>
    private ReadOnlySpan<byte> WriteEvent<TArguments>(PayloadBuffer buffer, PayloadBuffer? traced, int eventId, in TArguments arguments, Activity? activity, out byte[][] attachments)
        where TArguments : struct, IPayload
    {
        var packet = PacketWriter.WriteEvent(_host.Codec, buffer, _numbers, GetRoute(eventId), eventId, null, arguments, out attachments);
        CheckSize(eventId, packet, attachments);
        return AddTrace(traced, activity, null, packet);
    }

    private EventRoute GetRoute(int eventId)
    {
        if (_ended is { } reason)
        {
            throw new NotConnectedException(NameOf(_outgoing, eventId), reason);
        }

        return _numbers.RouteOf(eventId) ?? throw new EventNotSupportedException(NameOf(_outgoing, eventId), _numbers.WhyNot(_outgoing[eventId].Name));
    }

    private void CheckSize(int eventId, ReadOnlySpan<byte> packet, byte[][] attachments)
    {
        if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > _host.MaxPacketBytes)
        {
            throw new PayloadTooLargeException(NameOf(_outgoing, eventId), largest, _host.MaxPacketBytes);
        }
    }

    /// <summary>What the peer may know of an exception; null for nothing.</summary>
    public string? DetailOf(Exception exception) => _options.DetailedErrors ? $"{exception.GetType()}: {exception.Message}" : null;

    /// <summary>A result, or an item of it, exceeds what the peer accepts.</summary>
    private EventRefusedException ResultTooLarge(int bytes) => new(RemoteFault.ResultTooLarge, $"{bytes:N0} bytes exceed the limit of {_host.MaxPacketBytes:N0} bytes (MaxPayloadBytes).");

    private void SendCancel(uint ackId)
    {
        if (_ended is null)
        {
            using var buffer = PayloadBuffer.Rent();
            _host.Send(Ts1Writer.WriteCancel(buffer, _numbers.NamespaceNumber, ackId));
        }
    }

    /// <summary>Sends what handlers answer.</summary>
    private sealed partial class Replies(EventChannel channel) : EventReplies
    {
        private EventCodec Codec => channel._host.Codec;

        public override void Reply<TResult, TCodec>(uint ackId, TResult result) => SendReply<TResult, TCodec>(ackId, result, out _);

        public override void Acknowledge(uint ackId) => SendAck(ackId);

        /// <summary>Returns how many bytes were sent.</summary>
        /// <param name="ackId">What the peer correlates the answer with.</param>
        /// <param name="result">The result.</param>
        /// <param name="oversizedBytes">How large the answer is that the peer does not accept, which a fault took the place of; 0 where it does.</param>
        public long SendReply<TResult, TCodec>(uint ackId, TResult result, out int oversizedBytes) where TCodec : struct, IPayloadCodec<TResult>
        {
            using var buffer = PayloadBuffer.Rent();
            return SendLimited(ackId, PacketWriter.WriteReply<TResult, TCodec>(Codec, buffer, channel._numbers, ackId, result, out var attachments), attachments, out oversizedBytes);
        }

        /// <summary>Returns how many bytes were sent.</summary>
        public long SendAck(uint ackId)
        {
            using var buffer = PayloadBuffer.Rent();
            return Send(ackId, PacketWriter.WriteAck(Codec, buffer, channel._numbers, ackId));
        }

        public override void Fault(int eventId, uint? ackId, Exception exception)
        {
            if (exception is EventRefusedException refused)
            {
                channel._observer?.Refused(eventId, ErrorTypes.Of(refused.Fault));
                channel._host.OnRefused(channel, new EventRefused(channel.NameOf(channel._incoming, eventId), refused.Message) { Fault = refused.Fault });
                if (ackId is { } asked)
                {
                    SendFault(asked, refused.Fault, refused.Detail, refused.RetryAfter);
                }

                return;
            }

            if (exception is FaultException declared)
            {
                if (TryAnswer(channel._incoming[eventId], ackId, declared, out var problem))
                {
                    return;
                }

                exception = problem ?? new InvalidOperationException($"Event '{channel.NameOf(channel._incoming, eventId)}' does not declare the fault that its handler threw, so its caller is not told. {exception.Message}", exception);
            }

            // A cancellation that the caller asked for, or that the end of the connection caused, is no fault of the handler.
            var isCanceled = exception is OperationCanceledException;
            if (!isCanceled)
            {
                channel._observer?.HandlerFailed(eventId, exception);
                channel._host.OnHandlerFault(channel.NameOf(channel._incoming, eventId), exception);
            }

            if (ackId is { } id)
            {
                SendFault(id, isCanceled ? RemoteFault.Canceled : RemoteFault.HandlerFailed, isCanceled ? null : channel.DetailOf(exception));
            }
        }

        public override void Fault<TFault, TCodec>(uint ackId, string name, TFault value)
        {
            using var buffer = PayloadBuffer.Rent();
            var bytes = SendLimited(ackId, PacketWriter.WriteFault<TFault, TCodec>(Codec, buffer, channel._numbers, ackId, name, value, out var attachments), attachments, out _);
            channel._observer?.Answered(bytes);
        }

        public override CancellationToken GetCancellationToken(uint? ackId) => channel.GetRunning().GetToken(ackId);

        /// <summary>The result, or an item of it, exceeds what the peer accepts.</summary>
        public void RefuseResult(uint ackId, int bytes)
        {
            var refusal = channel.ResultTooLarge(bytes);
            SendFault(ackId, refusal.Fault, refusal.Detail);
        }

        /// <summary>This end's build of the contract does not have the event.</summary>
        public void RefuseUnknown(uint ackId) => SendFault(ackId, RemoteFault.NotSupported, null);

        /// <summary>The arguments are not what the event takes.</summary>
        public void RefuseArguments(uint ackId, string detail) => SendFault(ackId, RemoteFault.InvalidArguments, detail);

        /// <summary>An event without a contract failed.</summary>
        public void Refuse(uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null) => SendFault(ackId, fault, detail, retryAfter);

        /// <summary>Answers with a fault that the event declares. Returns false, and what is wrong if anything is, when there is none such.</summary>
        private bool TryAnswer(EventShape @event, uint? ackId, FaultException exception, out Exception? problem)
        {
            problem = null;
            try
            {
                foreach (var fault in @event.Faults)
                {
                    // Nobody is told when nobody asked, as with a result.
                    if (ackId is not { } id ? fault.Declares(exception) : fault.TryAnswer(this, id, exception))
                    {
                        return true;
                    }
                }
            }
            catch (Exception unwritable)
            {
                problem = unwritable;
            }

            return false;
        }

        private long SendLimited(uint ackId, ReadOnlySpan<byte> packet, byte[][] attachments, out int oversizedBytes)
        {
            if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > channel._host.MaxPacketBytes)
            {
                oversizedBytes = largest;
                RefuseResult(ackId, largest);
                return 0;
            }

            oversizedBytes = 0;
            return Send(ackId, packet, attachments);
        }

        private void SendFault(uint ackId, RemoteFault fault, string? detail, TimeSpan? retryAfter = null)
        {
            using var buffer = PayloadBuffer.Rent();
            var bytes = Send(ackId, PacketWriter.WriteFault(Codec, buffer, channel._numbers, ackId, fault, detail, retryAfter));
            channel._observer?.Answered(bytes);
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
