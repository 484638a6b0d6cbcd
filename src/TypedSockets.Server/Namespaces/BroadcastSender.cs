using System.Diagnostics;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Server.Namespaces;

/// <summary>
/// Sends an event to many clients: it is encoded once for each codec that one of them speaks, and the bytes are copied to each connection. It never waits for a client; what
/// becomes of the event for one that reads too slowly is the event's <see cref="Delivery"/>.
/// </summary>
/// <param name="hubs">The namespace.</param>
/// <param name="target">Who is meant; asked at each sending.</param>
/// <param name="timeout">How long the answers to a question may take; null for what the event or the options say.</param>
internal sealed partial class BroadcastSender(HubNamespace hubs, BroadcastTarget target, TimeSpan? timeout = null) : EventSender
{
    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        var delivery = default(ReliableDelivery);
        Send(eventId, null, arguments, ref delivery);
    }

    public override void SendLatest<TArguments>(int eventId, in TArguments arguments)
    {
        var delivery = new LatestDelivery<TArguments>(hubs.Number, eventId, arguments);
        Send(eventId, null, arguments, ref delivery);
    }

    public override void SendDroppable<TArguments>(int eventId, in TArguments arguments)
    {
        var delivery = default(DroppableDelivery);
        Send(eventId, null, arguments, ref delivery);
    }

    /// <summary>Encodes an event once for each codec, and delivers it to each client that is meant.</summary>
    public void Send<TArguments, TDelivery>(int eventId, uint? ackId, in TArguments arguments, ref TDelivery delivery)
        where TArguments : struct, IPayload
        where TDelivery : struct, IDelivery
    {
        if (hubs.ChannelOptions.Observer is { ObservesSending: true } observer)
        {
            SendObserved(observer, eventId, ackId, arguments, ref delivery);
            return;
        }

        var tally = default(BroadcastTally);
        SendToAll(eventId, ackId, arguments, null, ref delivery, ref tally);
    }

    private void SendObserved<TArguments, TDelivery>(EventObserver observer, int eventId, uint? ackId, in TArguments arguments, ref TDelivery delivery)
        where TArguments : struct, IPayload
        where TDelivery : struct, IDelivery
    {
        // Everybody is told the same, so all that it brings about belongs to one activity.
        using var activity = observer.StartSending(eventId, ActivityKind.Producer);
        var tally = default(BroadcastTally);
        try
        {
            SendToAll(eventId, ackId, arguments, EventObserver.TraceOf(activity), ref delivery, ref tally);
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            throw;
        }
        finally
        {
            // What is too large in one codec may have been sent in another.
            if (tally.Deliveries > 0)
            {
                observer.Sent(eventId, tally.Deliveries, tally.Bytes);
            }
        }
    }

    private void SendToAll<TArguments, TDelivery>(int eventId, uint? ackId, in TArguments arguments, Activity? activity, ref TDelivery delivery, ref BroadcastTally tally)
        where TArguments : struct, IPayload
        where TDelivery : struct, IDelivery
    {
        var members = target.Members(hubs);
        if (typeof(TDelivery) == typeof(ReliableDelivery) && hubs.Recovery is { } recovery)
        {
            // Those who speak Socket.IO are sent what is kept for them. What may be lost is not.
            tally += Send(EventCodec.Ts1, members, eventId, null, arguments, activity, ref delivery);
            recovery.TrySend(hubs.Numbers.SocketIO.RouteOf(eventId), arguments, target, out var toOthers);
            tally += toOthers;
            return;
        }

        // Most broadcasts go to clients of one codec; each other codec costs one more walk.
        foreach (var codec in (ReadOnlySpan<EventCodec>)[EventCodec.Ts1, EventCodec.SocketIOText, EventCodec.SocketIOMessagePack])
        {
            if (tally.Speakers == members.Length)
            {
                break;
            }

            tally += Send(codec, members, eventId, ackId, arguments, activity, ref delivery);
        }
    }

    /// <summary>Sends to those who speak the codec.</summary>
    private BroadcastTally Send<TArguments, TDelivery>(EventCodec codec, HubMember[] members, int eventId, uint? ackId, in TArguments arguments, Activity? activity, ref TDelivery delivery)
        where TArguments : struct, IPayload
        where TDelivery : struct, IDelivery
    {
        var speakers = From(codec, members);
        if (speakers.IsEmpty)
        {
            return default;
        }

        using var buffer = PayloadBuffer.Rent();
        // A server's numbers are its compiled ids, so it has a route for every event.
        var packet = PacketWriter.WriteEvent(codec, buffer, hubs.Numbers, hubs.Numbers.RouteOf(eventId)!, eventId, ackId, arguments, out var attachments);
        if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > hubs.MaxPacketBytes)
        {
            throw new PayloadTooLargeException(NameOf(eventId), largest, hubs.MaxPacketBytes);
        }

        if (activity is null)
        {
            return Deliver(codec, speakers, ackId, packet, attachments, ref delivery);
        }

        using var traced = PayloadBuffer.Rent();
        return Deliver(codec, speakers, ackId, PacketWriter.AddTrace(codec, traced, hubs.Number, activity, null, packet, hubs.MaxPacketBytes), attachments, ref delivery);
    }

    /// <summary>The members from the first one on who speaks the codec.</summary>
    private static ReadOnlySpan<HubMember> From(EventCodec codec, HubMember[] members)
    {
        var first = 0;
        while (first < members.Length && !members[first].Speaks(codec))
        {
            first++;
        }

        return members.AsSpan(first);
    }

    private BroadcastTally Deliver<TDelivery>(EventCodec codec, ReadOnlySpan<HubMember> members, uint? ackId, ReadOnlySpan<byte> packet, byte[][] attachments, ref TDelivery delivery)
        where TDelivery : struct, IDelivery
    {
        var (speakers, deliveries) = (0, 0);
        foreach (var member in members)
        {
            if (!member.Speaks(codec))
            {
                continue;
            }

            speakers++;
            if (!target.Excludes(member.Id) && delivery.Deliver(member, ackId, packet, attachments))
            {
                deliveries++;
            }
        }

        return new BroadcastTally(speakers, deliveries, deliveries * PacketWriter.Size(packet, attachments));
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        throw NotOneClient(eventId);

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        throw NotOneClient(eventId);

    /// <summary>Watches an answer of one of the clients that are asked; null when nobody listens.</summary>
    public ObservedRequest? BeginAnswer(int eventId, HubMember member) =>
        hubs.ChannelOptions.Observer is { ObservesRequests: true } observer ? observer.BeginAnswer(eventId, member.Connection) : null;

    public override EventSender WithTimeout(TimeSpan timeout) => new BroadcastSender(hubs, target, timeout);

    /// <summary>How long the answers to a question may take.</summary>
    public AnswerTimeout TimeoutOf(int eventId) => (timeout, hubs.Shape.ClientEvents[eventId].Timeout) switch
    {
        ({ } call, _) => new AnswerTimeout(call, TimeoutSource.Call),
        (_, { } own) => new AnswerTimeout(own, TimeoutSource.Event),
        _ => new AnswerTimeout(hubs.ChannelOptions.RequestTimeout, TimeoutSource.Options),
    };

    private EventNotSupportedException NotOneClient(int eventId) =>
        new(NameOf(eventId), "it is answered, and the target is not one client; ask one with Clients.Caller or Clients.Client(id), and many with Ask.");

    public string NameOf(int eventId) => $"{hubs.Shape.Name}.{hubs.Shape.ClientEvents[eventId].Name}";
}
