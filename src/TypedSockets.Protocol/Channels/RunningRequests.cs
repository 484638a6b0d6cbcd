namespace TypedSockets.Protocol.Channels;

/// <summary>The incoming requests of one channel whose handlers can be cancelled. Safe for concurrent use.</summary>
internal sealed class RunningRequests
{
    private readonly Lock _gate = new();
    private Dictionary<uint, CancellationTokenSource>? _running;
    private CancellationTokenSource? _channel;
    private bool _isEnded;

    /// <summary>The token of a request; of the channel as a whole for an event that nobody can cancel.</summary>
    public CancellationToken GetToken(uint? ackId)
    {
        lock (_gate)
        {
            if (_isEnded)
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
    }

    /// <summary>The handler has finished.</summary>
    public void Finish(uint ackId)
    {
        lock (_gate)
        {
            _running?.Remove(ackId);
        }
    }

    /// <summary>The channel is over: cancels everything.</summary>
    public void End()
    {
        List<CancellationTokenSource> sources = [];
        lock (_gate)
        {
            _isEnded = true;
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
    }
}
