using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;

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
        if (hubs.Recovery is { } recovery)
        {
            Send(EventCodec.Ts1, target.Members(hubs), eventId, null, arguments, ref delivery);
            recovery.TrySend(hubs.Numbers.SocketIO.RouteOf(eventId), arguments, target);
            return;
        }

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
        // Most broadcasts go to clients of one codec; each other codec costs one more walk.
        var members = target.Members(hubs);
        var sent = 0;
        foreach (var codec in (ReadOnlySpan<EventCodec>)[EventCodec.Ts1, EventCodec.SocketIOText, EventCodec.SocketIOMessagePack])
        {
            if (sent == members.Length)
            {
                return;
            }

            sent += Send(codec, members, eventId, ackId, arguments, ref delivery);
        }
    }

    /// <summary>Sends to those who speak the codec; returns how many do, with those who are left out.</summary>
    private int Send<TArguments, TDelivery>(EventCodec codec, HubMember[] members, int eventId, uint? ackId, in TArguments arguments, ref TDelivery delivery)
        where TArguments : struct, IPayload
        where TDelivery : struct, IDelivery
    {
        var speakers = From(codec, members);
        if (speakers.IsEmpty)
        {
            return 0;
        }

        using var buffer = PayloadBuffer.Rent();
        // A server's numbers are its compiled ids, so it has a route for every event.
        var packet = PacketWriter.WriteEvent(codec, buffer, hubs.Numbers, hubs.Numbers.RouteOf(eventId)!, eventId, ackId, arguments, out var attachments);
        if (PacketWriter.LargestMessage(packet, attachments) is var largest && largest > hubs.MaxPacketBytes)
        {
            throw new PayloadTooLargeException(NameOf(eventId), largest, hubs.MaxPacketBytes);
        }

        return Deliver(codec, speakers, ackId, packet, attachments, ref delivery);
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

    private int Deliver<TDelivery>(EventCodec codec, ReadOnlySpan<HubMember> members, uint? ackId, ReadOnlySpan<byte> packet, byte[][] attachments, ref TDelivery delivery)
        where TDelivery : struct, IDelivery
    {
        var count = 0;
        foreach (var member in members)
        {
            if (!member.Speaks(codec))
            {
                continue;
            }

            count++;
            if (!target.Excludes(member.Id))
            {
                delivery.Deliver(member, ackId, packet, attachments);
            }
        }

        return count;
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) => throw NotOneClient(eventId);

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        throw NotOneClient(eventId);

    public override IAsyncEnumerator<TItem> OpenStream<TArguments, TItem, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) =>
        throw NotOneClient(eventId);

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
