namespace TypedSockets.Testing;

/// <summary>
/// A clock that moves only when it is told to. Timers that are due run on the thread that moves it, in the order in which they are due. Reading it and setting timers is safe for
/// concurrent use; one thread at a time may move it.
/// </summary>
/// <param name="start">What time it is at first; null for the beginning of 1970, UTC.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly DateTimeOffset _start = start ?? DateTimeOffset.UnixEpoch;
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed;

    /// <summary>A tick is a <see cref="TimeSpan"/>'s: 100 nanoseconds.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, wherever the test runs.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How far the clock has been moved.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>How many timers are running.</summary>
    public int RunningTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and runs every timer that is due on the way at the moment at which it is due.</summary>
    /// <param name="time">How far; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative: a clock does not go back.</exception>
    public void Advance(TimeSpan time)
    {
        var end = EndOf(time);
        while (RunNext(end))
        {
        }
    }

    /// <summary>Moves the clock without letting timers run in between, as when the machine slept; those that are due run once at the end.</summary>
    /// <inheritdoc cref="Advance"/>
    public void Jump(TimeSpan time)
    {
        var end = EndOf(time);
        ManualTimer[] due;
        lock (_gate)
        {
            _elapsed = end;
            due = [.. _timers.Where(timer => timer.Due <= end)];
        }

        Array.ForEach(due, timer => timer.Run());
    }

    /// <summary>Where the clock stands when it has been moved by <paramref name="time"/>.</summary>
    internal TimeSpan EndOf(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return Elapsed + time;
    }

    /// <summary>Moves the clock to the next timer that is due by <paramref name="end"/>, and runs it. Returns false when there is none; the clock then stands at the end.</summary>
    internal bool RunNext(TimeSpan end)
    {
        ManualTimer? next;
        lock (_gate)
        {
            next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            _elapsed = next?.Due ?? end;
        }

        next?.Run();
        return next is not null;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Guarded by the gate of the clock, as all here.</summary>
        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._elapsed + dueTime;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Run()
        {
            lock (time._gate)
            {
                if (!time._timers.Contains(this))
                {
                    // Stopped by one that ran before it.
                    return;
                }

                if (_period <= TimeSpan.Zero)
                {
                    time._timers.Remove(this);
                }
                else
                {
                    Due = time._elapsed + _period;
                }
            }

            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
