using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>The events with streams that the peer has sent and that are not over. Safe for concurrent use.</summary>
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
                // Forgotten, so that refusals do not pile up; what the peer still says about it is let be.
                _calls.Remove(ackId);
                return false;
            }

            call.OpenStreams = received + sent;
            _streams += call.OpenStreams;
            return true;
        }
    }

    /// <summary>The event of a number; null when it is over or was never sent.</summary>
    public ServedCall? Find(uint ackId)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(ackId);
        }
    }

    /// <summary>An event is being answered.</summary>
    public void Answer(uint ackId)
    {
        if (Find(ackId) is { } call)
        {
            call.Answer();
            RemoveIfOver(ackId, call);
        }
    }

    /// <summary>Forgets an event that is over.</summary>
    public void RemoveIfOver(uint ackId, ServedCall call)
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (call.IsOver && _calls.GetValueOrDefault(ackId) == call)
            {
                _calls.Remove(ackId);
                _streams -= call.OpenStreams;
            }

            if (_streams == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

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
            throw new PacketException(new ForcedClose($"'{call.Event}' was sent with number {ackId}, which an event has whose streams are not over."));
        }

        if (_ended is not null)
        {
            call.Disconnect(_ended);
        }

        return call;
    }
}
