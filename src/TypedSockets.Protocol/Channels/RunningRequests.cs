using TypedSockets.Protocol.Channels.Streams;

namespace TypedSockets.Protocol.Channels;

/// <summary>The incoming requests of one channel whose handlers can be cancelled. Safe for concurrent use.</summary>
internal sealed class RunningRequests
{
    private readonly Lock _gate = new();
    private ServedCalls? _calls;
    private DisconnectReason? _ended;
    private Dictionary<uint, CancellationTokenSource>? _running;
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

            _running ??= [];
            if (!_running.TryGetValue(id, out var source))
            {
                _running.Add(id, source = new CancellationTokenSource());
            }

            return source.Token;
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
        lock (_gate)
        {
            _running?.Remove(ackId);
        }

        _calls?.Answer(ackId);
    }

    /// <summary>The channel is over: cancels everything.</summary>
    public void End(DisconnectReason reason)
    {
        List<CancellationTokenSource> sources = [];
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

            _running = null;
            _channel = null;
        }

        foreach (var source in sources)
        {
            _ = source.CancelAsync();
        }

        _calls?.End(reason);
    }
}
