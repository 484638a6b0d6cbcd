using System.Diagnostics;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Observability;

/// <summary>One request on its way, and its answer on the way back. Safe for concurrent use.</summary>
internal sealed class ObservedRequest
{
    private readonly EventInstruments _instruments;
    private readonly EventTags _tags;
    private readonly Activity? _before;
    private readonly TimingWheel _wheel;
    private readonly TimeSpan? _startedAt;

    // One more and one less are told to the same listeners, or the count would go astray.
    private readonly bool _isCounted;
    private int _isEnded;

    public ObservedRequest(EventInstruments instruments, EventTags tags, TimingWheel wheel, Activity? activity, Activity? before)
    {
        _instruments = instruments;
        _tags = tags;
        _wheel = wheel;
        _before = before;
        Activity = activity;
        _startedAt = instruments.RequestDuration.Enabled ? wheel.Now : null;
        _isCounted = instruments.RequestsPending.Enabled;
        if (_isCounted)
        {
            instruments.RequestsPending.Add(1, tags.Method);
        }
    }

    /// <summary>Null when nobody samples it.</summary>
    public Activity? Activity { get; }

    /// <summary>The request has been sent: the caller goes on with what was current before.</summary>
    public void Leave()
    {
        if (Activity is not null)
        {
            Activity.Current = _before;
        }
    }

    /// <summary>The answer came, or something else ended the wait for it. Only the first call counts: the connection may end while the request is being sent, and that fails for the same reason.</summary>
    public void End(Exception? exception)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        if (_isCounted)
        {
            _instruments.RequestsPending.Add(-1, _tags.Method);
        }

        if (_startedAt is { } startedAt)
        {
            _instruments.RequestDuration.Record((_wheel.Now - startedAt).TotalSeconds, exception is null ? _tags.Method : _tags.WithError(ErrorTypes.Of(exception)));
        }

        if (exception is not null)
        {
            Activity?.Fail(exception);
        }

        Activity?.StopElsewhere();
    }
}
