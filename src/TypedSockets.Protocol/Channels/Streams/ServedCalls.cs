using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>The events with streams that the peer has sent and that are not answered. Safe for concurrent use.</summary>
internal sealed class ServedCalls(EventChannel channel)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, ServedCall> _calls = [];
    private TaskCompletionSource? _idle;
    private DisconnectReason? _ended;
    private int _streams;

    /// <summary>An event came whose turn has not: what the peer says about its streams meanwhile is kept.</summary>
    /// <exception cref="PacketException">Another event has its number.</exception>
    public void Announce(int eventId, uint ackId, int received)
    {
        lock (_gate)
        {
            AddUnsynchronized(eventId, ackId, received);
        }
    }

    /// <summary>Makes room for the streams of an event. Returns false when there is none; the event is forgotten then.</summary>
    /// <inheritdoc cref="Announce" path="/exception"/>
    public bool TryOpen(int eventId, uint ackId, int received, int sent)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(ackId, out var call) || call.OpenStreams > 0)
            {
                call = AddUnsynchronized(eventId, ackId, received);
            }

            if (_streams + received + sent > channel.StreamOptions.MaxStreams)
            {
                _calls.Remove(ackId);
                return false;
            }

            call.OpenStreams = received + sent;
            _streams += call.OpenStreams;
            return true;
        }
    }

    /// <summary>The event of a number; null when it has been answered or was never sent.</summary>
    public ServedCall? Find(uint ackId)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(ackId);
        }
    }

    /// <summary>An event is being answered: it is forgotten, and what the peer still says about it is let be.</summary>
    public void Answer(uint ackId)
    {
        ServedCall? call;
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (!_calls.Remove(ackId, out call))
            {
                return;
            }

            _streams -= call.OpenStreams;
            if (_streams == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        call.Answer();
        idle?.SetResult();
    }

    /// <summary>The channel is over.</summary>
    public void End(DisconnectReason reason)
    {
        ServedCall[] calls;
        lock (_gate)
        {
            _ended = reason;
            calls = [.. _calls.Values];
        }

        foreach (var call in calls)
        {
            call.Disconnect(reason);
        }
    }

    /// <summary>Completes when no handler has streams any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _streams == 0 ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private ServedCall AddUnsynchronized(int eventId, uint ackId, int received)
    {
        var call = new ServedCall(channel, eventId, ackId, received);
        if (!_calls.TryAdd(ackId, call))
        {
            throw new PacketException(new ForcedClose($"'{call.Event}' was sent with number {ackId}, which an event with streams has that is not answered."));
        }

        if (_ended is not null)
        {
            call.Disconnect(_ended);
        }

        return call;
    }
}
