using System.Diagnostics;
using System.Runtime.CompilerServices;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Channels;

/// <summary>The same ways once more for when somebody listens, so that nobody else pays for it.</summary>
internal sealed partial class EventChannel
{
    private ObservedReplies? _measuredReplies;

    /// <summary>Sends a one-way event, and returns how many bytes that were; 0 where it was dropped.</summary>
    private delegate long Sending<TArguments>(EventChannel channel, int eventId, in TArguments arguments, Activity? activity);

    private void SendObserved<TArguments>(EventObserver observer, int eventId, in TArguments arguments, Sending<TArguments> send)
    {
        using var activity = observer.StartSending(eventId, ActivityKind.Client);
        activity?.Describe(_host);
        try
        {
            if (send(this, eventId, arguments, EventObserver.TraceOf(activity)) is var bytes and > 0)
            {
                observer.Sent(eventId, 1, bytes);
            }
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            throw;
        }
    }

    private ValueTask AskObserved<TArguments>(EventObserver observer, int eventId, in TArguments arguments, AnswerTimeout timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        var observed = observer.BeginRequest(eventId, _host);
        var request = new ObservedPendingAcknowledgement(observed, GetPending(), _shape, _outgoing[eventId], timeout);
        SendObserved(observer, observed, request, eventId, arguments, timeout.Deadline, cancellationToken);
        return request.Task;
    }

    private ValueTask<TResult> AskObserved<TArguments, TResult, TCodec>(EventObserver observer, int eventId, in TArguments arguments, AnswerTimeout timeout, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
        where TCodec : struct, IPayloadCodec<TResult>
    {
        var observed = observer.BeginRequest(eventId, _host);
        var request = new ObservedPendingRequest<TResult, TCodec>(observed, GetPending(), _shape, _outgoing[eventId], timeout);
        SendObserved(observer, observed, request, eventId, arguments, timeout.Deadline, cancellationToken);
        return request.Task;
    }

    private void SendObserved<TArguments>(EventObserver observer, ObservedRequest observed, PendingRequest request, int eventId, in TArguments arguments, uint? deadline, CancellationToken cancellationToken)
        where TArguments : struct, IPayload
    {
        try
        {
            observer.Sent(eventId, 1, SendRequest(request, eventId, arguments, deadline, EventObserver.TraceOf(observed.Activity), cancellationToken));
        }
        catch (Exception exception)
        {
            observed.End(exception);
            throw;
        }
        finally
        {
            observed.Leave();
        }
    }

    /// <summary>Says in front of a packet which activity it belongs to, in another buffer than the packet's.</summary>
    private ReadOnlySpan<byte> AddTrace(PayloadBuffer? buffer, Activity? activity, uint? deadline, ReadOnlySpan<byte> packet) =>
        buffer is null || activity is null ? packet : PacketWriter.AddTrace(_host.Codec, buffer, _numbers.NamespaceNumber, activity, deadline, packet, _host.MaxPacketBytes);

    private ValueTask DispatchObserved(EventObserver observer, int eventId, uint? ackId, scoped PayloadBytes payload)
    {
        var observed = observer.BeginHandler(eventId, payload.Caller?.Context ?? default, _host);
        var replies = observed.Activity is null && !_incoming[eventId].ReturnsStream ? _measuredReplies ??= new ObservedReplies(this, observer, default) : new ObservedReplies(this, observer, observed);
        ValueTask handler;
        try
        {
            handler = Dispatch(eventId, ackId, payload, replies);
        }
        catch (Exception exception)
        {
            observed.Activity?.Fail(exception);
            observed.Leave();
            observed.End();
            throw;
        }

        observed.Leave();
        if (!handler.IsCompletedSuccessfully)
        {
            return Watch(handler, observed, replies);
        }

        handler.GetAwaiter().GetResult();
        if (!replies.AnswersWithStream)
        {
            observed.End();
        }

        return default;
    }

    // Pooled, so that measuring a handler allocates nothing.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Watch(ValueTask handler, ObservedHandler observed, ObservedReplies replies)
    {
        try
        {
            await handler.ConfigureAwait(false);
        }
        finally
        {
            if (!replies.AnswersWithStream)
            {
                observed.End();
            }
        }
    }

    /// <summary>Counts what handlers answer, and tells the activity of the handler of its failure.</summary>
    /// <param name="channel">Sends the answers.</param>
    /// <param name="observer">Counts them.</param>
    /// <param name="handler">The handler; the default for any that is not traced and returns no stream.</param>
    private sealed class ObservedReplies(EventChannel channel, EventObserver observer, ObservedHandler handler) : EventReplies
    {
        /// <summary>Whether the handler has returned a stream, whose end is the handler's.</summary>
        public bool AnswersWithStream { get; private set; }

        public override void Reply<TResult, TCodec>(uint ackId, TResult result)
        {
            observer.Answered(channel._replies.SendReply<TResult, TCodec>(ackId, result, out var oversizedBytes));
            if (oversizedBytes > 0)
            {
                handler.Activity?.Fail(channel.ResultTooLarge(oversizedBytes));
            }
        }

        public override void Acknowledge(uint ackId) => observer.Answered(channel._replies.SendAck(ackId));

        public override void Fault(int eventId, uint? ackId, Exception exception)
        {
            handler.Activity?.Fail(exception);
            channel._replies.Fault(eventId, ackId, exception);
        }

        public override void Fault<TFault, TCodec>(uint ackId, string name, TFault value) => channel._replies.Fault<TFault, TCodec>(ackId, name, value);

        public override CancellationToken GetCancellationToken(uint? ackId) => channel._replies.GetCancellationToken(ackId);

        public override bool TryOpenStreams(int eventId, uint? ackId, int received, int sent)
        {
            if (channel._replies.OpenStreams(eventId, ackId, received, sent) is not { } refusal)
            {
                return true;
            }

            handler.Activity?.Fail(refusal);
            return false;
        }

        public override IAsyncEnumerable<TItem> ReceiveStream<TItem, TCodec>(int eventId, uint ackId, int stream) => channel._replies.ReceiveStream<TItem, TCodec>(eventId, ackId, stream);

        public override void SendStream(int eventId, uint ackId, StreamSource items)
        {
            channel._replies.SendStream(ackId, items, new ObservedStream(handler));
            AnswersWithStream = true;
        }
    }
}
