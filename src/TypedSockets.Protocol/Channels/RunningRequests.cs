using TypedSockets.Protocol.Channels.Streams;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

/// <summary>The incoming requests of one channel whose handlers can be cancelled. Safe for concurrent use.</summary>
internal sealed class RunningRequests
{
    private readonly Lock _gate = new();
    private ServedCalls? _calls;
    private DisconnectReason? _ended;
    private Dictionary<uint, CancellationTokenSource>? _running;
    private Dictionary<uint, Deadline>? _deadlines;
    private CancellationTokenSource? _channel;

    /// <summary>Those with streams; null while there were none.</summary>
    public ServedCalls? Calls => Volatile.Read(ref _calls);

    /// <summary>Those with streams.</summary>
    public ServedCalls GetCalls(EventChannel channel)
    {
        lock (_gate)
        {
            if (_calls is null)
            {
                _calls = new ServedCalls(channel);
                if (_ended is not null)
                {
                    _calls.End(_ended);
                }
            }

            return _calls;
        }
    }

    /// <summary>The token of a request; of the channel as a whole for an event that nobody can cancel.</summary>
    public CancellationToken GetToken(uint? ackId)
    {
        lock (_gate)
        {
            if (_ended is not null)
            {
                return new CancellationToken(canceled: true);
            }

            if (ackId is not { } id)
            {
                return (_channel ??= new CancellationTokenSource()).Token;
            }

            return GetSourceUnsynchronized(id).Token;
        }
    }

    /// <summary>Cancels a request when its caller no longer waits for it.</summary>
    /// <param name="ackId">The request.</param>
    /// <param name="wheel">What tells the time.</param>
    /// <param name="left">How long the caller waits.</param>
    public void Limit(uint ackId, TimingWheel wheel, TimeSpan left)
    {
        Deadline? previous;
        lock (_gate)
        {
            if (_ended is not null)
            {
                return;
            }

            var deadline = new Deadline(wheel, GetSourceUnsynchronized(ackId));
            _deadlines ??= [];
            _deadlines.Remove(ackId, out previous);
            _deadlines.Add(ackId, deadline);
            // Under the lock, so that whoever finds the deadline can remove it for good.
            wheel.Schedule(deadline, wheel.Now + left);
        }

        previous?.Remove();
    }

    /// <summary>Whether a request has been given up or has run out of time; false for one that nobody can cancel.</summary>
    public bool IsCancelled(uint ackId)
    {
        lock (_gate)
        {
            return _running is not null && _running.TryGetValue(ackId, out var source) && source.IsCancellationRequested;
        }
    }

    /// <summary>The caller gave the request up.</summary>
    public void Cancel(uint ackId)
    {
        CancellationTokenSource? source = null;
        lock (_gate)
        {
            _running?.TryGetValue(ackId, out source);
        }

        // Asynchronously: whoever registered with the token must not run on the receive loop.
        _ = source?.CancelAsync();
        Calls?.Find(ackId)?.Cancel();
    }

    /// <summary>The handler has finished, and its answer is about to be sent.</summary>
    public void Finish(uint ackId)
    {
        Deadline? deadline = null;
        lock (_gate)
        {
            _running?.Remove(ackId);
            _deadlines?.Remove(ackId, out deadline);
        }

        deadline?.Remove();
        _calls?.Answer(ackId);
    }

    /// <summary>The channel is over: cancels everything.</summary>
    public void End(DisconnectReason reason)
    {
        List<CancellationTokenSource> sources = [];
        List<Deadline> deadlines = [];
        lock (_gate)
        {
            _ended = reason;
            if (_running is not null)
            {
                sources.AddRange(_running.Values);
            }

            if (_channel is not null)
            {
                sources.Add(_channel);
            }

            if (_deadlines is not null)
            {
                deadlines.AddRange(_deadlines.Values);
            }

            _running = null;
            _deadlines = null;
            _channel = null;
        }

        deadlines.ForEach(static deadline => deadline.Remove());

        foreach (var source in sources)
        {
            _ = source.CancelAsync();
        }

        _calls?.End(reason);
    }

    private CancellationTokenSource GetSourceUnsynchronized(uint ackId)
    {
        _running ??= [];
        if (!_running.TryGetValue(ackId, out var source))
        {
            _running.Add(ackId, source = new CancellationTokenSource());
        }

        return source;
    }

    /// <summary>When a request's caller no longer waits for it.</summary>
    private sealed class Deadline(TimingWheel wheel, CancellationTokenSource source) : TimingWheel.Entry
    {
        public void Remove() => wheel.Remove(this);

        // Asynchronously: whoever registered with the token must not run on the timer's thread.
        protected internal override void OnDue(TimeSpan now) => _ = source.CancelAsync();

        // What registered callbacks throw stays in the task above, so there is nothing to mend.
        protected internal override void OnDueFailed(Exception exception)
        {
        }
    }
}
