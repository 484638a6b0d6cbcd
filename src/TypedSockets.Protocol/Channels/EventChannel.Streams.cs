using System.Diagnostics;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels.Streams;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels;

/// <summary>Streams of both directions (docs/protocol/ts1.md, "Streams"). Items, credit and cancellations never wait for a handler.</summary>
internal sealed partial class EventChannel
{
    /// <summary>The connection below.</summary>
    public IChannelHost Host => _host;

    /// <summary>Held while one stream looks for room and sends, so that several do not exceed it together. An object that nobody else locks: a channel has as few objects as can be.</summary>
    public object ItemGate => _replies;

    /// <summary>What streams are allowed.</summary>
    public StreamOptions StreamOptions => _options.Streams;

    /// <summary>How deep and long payloads may be.</summary>
    public PayloadLimits PayloadLimits => _options.PayloadLimits;

    private ServedCalls? Calls => Volatile.Read(ref _running)?.Calls;

    /// <summary>A reader asked for more than there can be.</summary>
    public static PacketException TooMuchCredit(string @event) => new(new ForcedClose($"The credit of a stream of '{@event}' exceeds {int.MaxValue:N0}."));

    /// <inheritdoc/>
    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
    {
        return Ask(eventId, arguments, streams, StreamTimeoutOf(eventId), cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
    {
        return Ask<TArguments, TResult, TCodec>(eventId, arguments, streams, StreamTimeoutOf(eventId), cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken)
    {
        return Open<TArguments, TItem, TCodec>(eventId, arguments, streams, StreamTimeoutOf(eventId), cancellationToken);
    }

    /// <inheritdoc/>
    public EventChannel GetChannel(int eventId) => this;

    /// <summary>Sends an event that takes streams, with a timeout for the whole of it.</summary>
    /// <inheritdoc cref="EventSender.Request{TArguments, TResult, TCodec}(int, in TArguments, StreamSource[], CancellationToken)" path="/exception"/>
    public ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload => Ask(eventId, arguments, streams, new AnswerTimeout(timeout, TimeoutSource.Call), cancellationToken);

    /// <inheritdoc cref="Request{TArguments}(int, in TArguments, StreamSource[], TimeSpan, CancellationToken)"/>
    public ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult> => Ask<TArguments, TResult, TCodec>(eventId, arguments, streams, new AnswerTimeout(timeout, TimeoutSource.Call), cancellationToken);

    /// <inheritdoc cref="Request{TArguments}(int, in TArguments, StreamSource[], TimeSpan, CancellationToken)"/>
    public IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, TimeSpan timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TItem> => Open<TArguments, TItem, TCodec>(eventId, arguments, streams, new AnswerTimeout(timeout, TimeoutSource.Call), cancellationToken);

    /// <summary>Sends a packet unless the channel is over.</summary>
    public void TrySend(ReadOnlySpan<byte> packet)
    {
        if (_ended is null)
        {
            _host.Send(packet);
        }
    }

    /// <summary>The stream that answers an event is at its end.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="ackId">Its number.</param>
    /// <param name="failure">What its source threw; null for nothing.</param>
    /// <param name="oversizedBytes">How large an item was that the peer does not accept; 0 for none.</param>
    /// <param name="observed">Who watches the handler; null for nobody.</param>
    public void AnswerStream(int eventId, uint ackId, Exception? failure, int oversizedBytes, ObservedStream? observed)
    {
        if (failure is not null)
        {
            _replies.Fault(eventId, ackId, failure);
        }
        else if (oversizedBytes > 0)
        {
            failure = ResultTooLarge(oversizedBytes);
            _replies.RefuseResult(ackId, oversizedBytes);
        }
        else
        {
            _replies.Acknowledge(ackId);
        }

        observed?.End(failure);
    }

    /// <summary>Completes when no handler of this end has streams any more.</summary>
    public Task WhenStreamsEndedAsync() => Calls?.WhenIdleAsync() ?? Task.CompletedTask;

    /// <summary>An incoming event, as <c>Contract.Event</c>.</summary>
    public string NameOfIncoming(int eventId) => NameOf(_incoming, eventId);

    // They take as long as their items do, so what the options say is not meant for them.
    private AnswerTimeout StreamTimeoutOf(int eventId) => _outgoing[eventId].Timeout is { } own ? new(own, TimeoutSource.Event) : new(Timeout.InfiniteTimeSpan, TimeoutSource.Options);

    private ValueTask Ask<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, AnswerTimeout timeout, CancellationToken cancellationToken) where TArguments : struct, IPayload
    {
        var observed = BeginStreaming(eventId);
        var request = new PendingUpload(this, _shape, _outgoing[eventId], timeout, streams, observed);
        SendStreaming(observed, request, request.Arguments, eventId, arguments, timeout, cancellationToken);
        return request.Task;
    }

    private ValueTask<TResult> Ask<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, AnswerTimeout timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult>
    {
        var observed = BeginStreaming(eventId);
        var request = new PendingUpload<TResult, TCodec>(this, _shape, _outgoing[eventId], timeout, streams, observed);
        SendStreaming(observed, request, request.Arguments, eventId, arguments, timeout, cancellationToken);
        return request.Task;
    }

    private IncomingStream<TItem, TCodec> Open<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, AnswerTimeout timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TItem>
    {
        var observed = BeginStreaming(eventId);
        var request = new PendingStream<TItem, TCodec>(this, _shape, _outgoing[eventId], timeout, streams, observed);
        SendStreaming(observed, request, request.Arguments, eventId, arguments, timeout, cancellationToken);
        return request.Items;
    }

    private ObservedRequest? BeginStreaming(int eventId) => _observer is { ObservesRequests: true } observer ? observer.BeginRequest(eventId, _host) : null;

    private void SendStreaming<TArguments>(
        ObservedRequest? observed, PendingRequest request, ArgumentStreams streams, int eventId, in TArguments arguments, AnswerTimeout timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        try
        {
            var bytes = SendStreaming(request, streams, eventId, arguments, timeout, observed is null ? null : EventObserver.TraceOf(observed.Activity), cancellationToken);
            if (observed is not null)
            {
                _observer?.Sent(eventId, 1, bytes);
            }
        }
        catch (Exception exception)
        {
            observed?.End(exception);
            throw;
        }
        finally
        {
            observed?.Leave();
        }
    }

    /// <summary>Returns how many bytes were sent.</summary>
    private long SendStreaming<TArguments>(
        PendingRequest request, ArgumentStreams streams, int eventId, in TArguments arguments, AnswerTimeout timeout, Activity? activity, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        cancellationToken.ThrowIfCancellationRequested();
        var route = GetRoute(eventId);
        if (_host.Codec is not EventCodec.Ts1)
        {
            throw new EventNotSupportedException(NameOf(_outgoing, eventId), "it has a stream, and the session speaks Socket.IO, which has none.");
        }

        request.Register(holdsNumber: true);
        streams.Number(request.AckId);
        return SendRegistered(request, route, eventId, arguments, timeout.Deadline, activity, cancellationToken);
    }

    /// <summary>An event that has to wait for its turn.</summary>
    /// <exception cref="PacketException">An event with streams that is not answered has its number.</exception>
    private void Announce(int eventId, uint ackId)
    {
        if (_incoming[eventId] is { StreamParameters: var received, ReturnsStream: var returns } && (returns || received > 0) && _host.Codec is EventCodec.Ts1)
        {
            GetRunning().GetCalls(this).Announce(eventId, ackId, received);
        }
    }

    private void ReceiveStream(in NamespacePacket packet)
    {
        switch (packet.Type, packet.StreamNumber)
        {
            case (NamespacePacketType.StreamItem, ResultStream.Result):
                TakeResultItem(packet);
                break;
            case (NamespacePacketType.StreamItem, var stream):
                TakeArgumentItem(packet, stream);
                break;
            case (NamespacePacketType.StreamEnd, not ResultStream.Result):
                EndArgument(packet);
                break;
            case (NamespacePacketType.StreamCredit, _):
                TakeCredit(packet);
                break;
            case (NamespacePacketType.StreamCancel, not ResultStream.Result and var stream):
                // Late ones are let be: the end and the cancellation may cross.
                (FindPending(packet.Ack) as IStreamingRequest)?.Arguments.Stop(stream);
                break;
            default:
                throw new PacketException(new ForcedClose($"A packet of type {packet.Type} came for stream 0, which the event's answer ends and CANCEL cancels."));
        }
    }

    private void TakeResultItem(in NamespacePacket packet)
    {
        // Nobody waits for the items of a request that was given up, but its number is outstanding until the answer comes.
        PendingRequest? request = null;
        var isOutstanding = Volatile.Read(ref _pending)?.TryFind(packet.Ack, out request) is true;
        if (request is IStreamingRequest { Result: { } result })
        {
            result.Receive(packet.Payload);
        }
        else if (request is not null || !isOutstanding)
        {
            throw new PacketException(new ForcedClose($"An item came for request {packet.Ack}, which is not answered with a stream."));
        }
    }

    private void TakeArgumentItem(in NamespacePacket packet, uint stream)
    {
        if (Calls is not { } calls)
        {
            throw new PacketException(new ForcedClose($"An item of stream {stream} came for request {packet.Ack}, and there has been none with streams."));
        }

        // Late ones are let be: the answer and the items may cross.
        calls.Find(packet.Ack)?.Take(stream, packet.Payload);
    }

    private void EndArgument(in NamespacePacket packet)
    {
        // Late ones are let be: the answer and the end may cross.
        if (Calls?.Find(packet.Ack) is { } call)
        {
            call.End(packet.StreamNumber, ReadEnd(packet, call.Event));
        }
    }

    private Exception? ReadEnd(in NamespacePacket packet, string @event)
    {
        if (packet.Payload.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new MessagePackReader(packet.Payload, _options.PayloadLimits);
            var values = reader.BeginArray();
            var fault = (RemoteFault)reader.ReadInt32();
            var detail = reader.TryReadNil() ? null : reader.ReadString();
            reader.EndArray(values - 2);
            return fault is RemoteFault.Canceled ? new OperationCanceledException($"The caller of '{@event}' cancelled it.") : new RemoteException(@event, fault, detail);
        }
        catch (PayloadException exception)
        {
            throw Unreadable($"The end of a stream of '{@event}'", exception);
        }
    }

    private void TakeCredit(in NamespacePacket packet)
    {
        var payload = packet.Payload;
        if (!Varint.TryRead(ref payload, out var items) || !Varint.TryRead(ref payload, out var bytes) || !payload.IsEmpty)
        {
            throw new PacketException(new ParseError("The credit of a stream is not two numbers of 32 bits."));
        }

        // Late ones are let be: the end and the credit may cross.
        if (packet.StreamNumber == ResultStream.Result)
        {
            Calls?.Find(packet.Ack)?.Grant(items, bytes);
        }
        else if (FindPending(packet.Ack) is { } request && (request as IStreamingRequest)?.Arguments.TryGrant(packet.StreamNumber, items, bytes) is not true)
        {
            // The peer's build of the contract takes a stream that this one does not send: to its handler it is empty.
            using var buffer = PayloadBuffer.Rent();
            TrySend(Ts1Writer.WriteStreamEnd(buffer, _numbers.NamespaceNumber, packet.Ack, (int)packet.StreamNumber, null, null));
        }
    }

    /// <summary>A request of this end that has not been answered or given up.</summary>
    private PendingRequest? FindPending(uint ackId) => Volatile.Read(ref _pending)?.TryFind(ackId, out var request) is true ? request : null;

    private sealed partial class Replies
    {
        public override bool TryOpenStreams(int eventId, uint? ackId, int received, int sent) => OpenStreams(eventId, ackId, received, sent) is null;

        /// <summary>Makes room for the streams of an event. Returns null, or why there is none, which the caller has been told.</summary>
        public EventRefusedException? OpenStreams(int eventId, uint? ackId, int received, int sent)
        {
            EventRefusedException refusal;
            if (ackId is not { } id)
            {
                // An event with streams is always answered, so a peer that wants no answer has another contract, or none.
                refusal = new EventRefusedException(RemoteFault.NotSupported);
            }
            else if (Codec is not EventCodec.Ts1)
            {
                refusal = new EventRefusedException(RemoteFault.NotSupported, "Socket.IO has no streams.");
            }
            else if (channel.GetRunning().GetCalls(channel).TryOpen(eventId, id, received, sent))
            {
                return null;
            }
            else
            {
                refusal = new EventRefusedException(RemoteFault.TooManyStreams, $"The limit is {channel.StreamOptions.MaxStreams} (MaxStreams).");
            }

            channel._observer?.Refused(eventId, ErrorTypes.Of(refusal.Fault));
            if (ackId is { } asked)
            {
                SendFault(asked, refusal.Fault, refusal.Detail);
            }

            return refusal;
        }

        public override IAsyncEnumerable<TItem> ReceiveStream<TItem, TCodec>(int eventId, uint ackId, int stream) => Find(ackId).Receive<TItem, TCodec>(stream);

        public override void SendStream(int eventId, uint ackId, StreamSource items) => SendStream(ackId, items, null);

        public void SendStream(uint ackId, StreamSource items, ObservedStream? observed) => Find(ackId).Send(items, channel._queue.Context, observed);

        private ServedCall Find(uint ackId) =>
            channel.Calls?.Find(ackId) ?? throw new InvalidOperationException($"Request {ackId} has no streams open; TryOpenStreams comes first.");
    }
}
