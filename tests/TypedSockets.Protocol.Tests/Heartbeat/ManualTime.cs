namespace TypedSockets.Protocol.Tests.Heartbeat;

/// <summary>A clock that moves only when it is told to. Timers that are due run on the caller's thread, in order.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are running.</summary>
    public int RunningTimers => _timers.Count(timer => timer.Due is not null);

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        var end = _now + time;
        while (_timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due) is { } next)
        {
            _now = next.Due!.Value;
            next.Run();
        }

        _now = end;
    }

    /// <summary>Moves the clock without letting timers run in between, as when the machine slept; those that are due run once at the end.</summary>
    public void Jump(TimeSpan time)
    {
        _now += time;
        foreach (var timer in _timers.Where(timer => timer.Due <= _now))
        {
            timer.Run();
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            _period = period;
            return true;
        }

        public void Run()
        {
            Due = _period == Timeout.InfiniteTimeSpan ? null : time._now + _period;
            callback(state);
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
