using TypedSockets.Protocol.Codecs;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Recovery;

internal sealed partial class ConnectionRecovery
{
    /// <summary>
    /// Lets a client carry on where it dropped: sends what it missed, and then that it is connected, and puts it where it was. Returns null when that cannot be: it is not known (any more),
    /// somebody else's, or what it missed is not kept. A connection of the client's that has not been found dead yet is ended.
    /// </summary>
    /// <param name="member">The new connection, which has not been answered.</param>
    /// <param name="request">What the client says of the old one.</param>
    public async ValueTask<Connected?> TryRecoverAsync(HubMember member, RecoveryRequest request)
    {
        while (true)
        {
            HubMember? old = null;
            var released = Task.CompletedTask;
            Connected? connected = null;
            lock (_gate)
            {
                if (!_byRecoveryId.TryGetValue(request.RecoveryId, out var client) || client.UserId != member.UserId || member.Channel.Ended is not null)
                {
                    return null;
                }

                if (client.Member is null)
                {
                    if (!TryReturnUnsynchronized(member, client, request, out connected))
                    {
                        return null;
                    }
                }
                else
                {
                    old = client.Member;
                    released = client.WhenReleased();
                }
            }

            if (old is null)
            {
                if (connected is null)
                {
                    // As in sending: not below the gate.
                    member.Connection.CloseSlowConsumer();
                }

                return connected;
            }

            old.Connection.Abandon();
            try
            {
                await released.WaitAsync(_patience, _time, member.Channel.GetEndedToken());
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                // A handler of the old connection does not end, or the new connection has.
                return null;
            }
        }
    }

    /// <summary>Returns false when the client cannot carry on; <paramref name="connected"/> is null when it could, and does not read fast enough to be told.</summary>
    private bool TryReturnUnsynchronized(HubMember member, RecoverableClient client, RecoveryRequest request, out Connected? connected)
    {
        connected = null;
        var isText = !member.Speaks(EventCodec.SocketIOMessagePack);
        if (client.ExpiresAt <= Now || !TryFindMissed(client, request.Offset, out var missed) || !TryPack(missed, isText, out var packets) || member.TakeRequest() is not { } asked)
        {
            return false;
        }

        for (var index = 0; index < packets.Count; index++)
        {
            if (!member.Connection.TrySend(packets[index], isText ? missed[index].Attachments : []))
            {
                return true;
            }
        }

        member.Recover(client);
        connected = member.Connection.TryAdmit(member, asked);
        if (connected is null)
        {
            return true;
        }

        _away.Remove(client.Place);
        client.Attach(member);
        client.LastSent = missed.Count > 0 ? missed[^1].Offset : client.LastSent;
        EnterUnsynchronized(member);
        foreach (var room in client.Rooms)
        {
            _hubs.Rooms.Join(room, member, member.Rooms, _hubs.Limits.MaxRoomsPerConnection);
        }

        connected = connected with { Recovered = true };
        return true;
    }

    /// <summary>The events that the client missed. Returns false when not all are kept, or it cannot be told which they are.</summary>
    private bool TryFindMissed(RecoverableClient client, long? claimed, out List<RecoverableEvent> missed)
    {
        missed = [];
        var start = client.StartOf(claimed);
        if (claimed > _log.Last || start < _log.SweptThrough)
        {
            return false;
        }

        missed.AddRange(_log.After(start).Where(client.IsMeantBy));
        return true;
    }

    /// <summary>Has the packets in the codec of the client. Returns false when they are more than may wait for it, or one is larger than it accepts.</summary>
    private bool TryPack(List<RecoverableEvent> missed, bool isText, out List<byte[]> packets)
    {
        packets = [];
        var waiting = 0L;
        foreach (var sent in missed)
        {
            var packet = isText ? sent.Packet : ToMessagePack(sent.Packet, sent.Attachments);
            packets.Add(packet);
            waiting += packet.Length + (isText ? sent.Attachments.Sum(static attachment => (long)attachment.Length) : 0);
            if (waiting > _maxQueuedBytes || packet.Length > _hubs.MaxPacketBytes)
            {
                return false;
            }
        }

        return true;
    }
}
