namespace TypedSockets.Protocol.Heartbeat;

/// <summary>
/// One timer for many deadlines (a hashed timing wheel): scheduling and removing cost the same however many there are. Deadlines are met late by at most one tick, never early.
/// Safe for concurrent use. The timer runs only while something is scheduled.
/// </summary>
internal sealed class TimingWheel : IDisposable
{
    // Eight turns of the wheel's hand for the longest usual deadline (45 s); longer ones go round again.
    private const int Slots = 512;

    private readonly Lock _gate = new();
    private readonly Entry?[] _slots = new Entry?[Slots];
    private readonly TimeProvider _time;
    private readonly TimeSpan _tick;
    private readonly long _epoch;
    private readonly ITimer _timer;
    private readonly List<Entry> _due = [];
    private long _lastTick;
    private int _count;

    public TimingWheel(TimeProvider time, TimeSpan tick)
    {
        _time = time;
        _tick = tick;
        _epoch = time.GetTimestamp();
        _timer = time.CreateTimer(static wheel => ((TimingWheel)wheel!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time since the wheel was made; monotonic.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>How many deadlines are scheduled.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Sets the one deadline of <paramref name="entry"/>, in place of the one it had.</summary>
    /// <param name="entry">What is due.</param>
    /// <param name="due">When, on the clock of <see cref="Now"/>.</param>
    public void Schedule(Entry entry, TimeSpan due)
    {
        lock (_gate)
        {
            if (entry.Slot >= 0)
            {
                if (due >= entry.Due)
                {
                    // Deadlines mostly move away: the entry stays in its slot and is moved on when the hand gets there.
                    entry.Due = due;
                    return;
                }

                UnlinkUnsynchronized(entry);
            }

            entry.Due = due;
            LinkUnsynchronized(entry);
        }
    }

    /// <summary>Removes the deadline of <paramref name="entry"/>, if it has one. It may still be met once, by a tick that runs just now.</summary>
    public void Remove(Entry entry)
    {
        lock (_gate)
        {
            if (entry.Slot >= 0)
            {
                UnlinkUnsynchronized(entry);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTick()
    {
        // A tick that finds the last one still at work leaves everything to the next.
        if (!Monitor.TryEnter(_due))
        {
            return;
        }

        try
        {
            var now = Now;
            lock (_gate)
            {
                CollectUnsynchronized(now);
            }

            foreach (var entry in _due)
            {
                Meet(entry, now);
            }
        }
        finally
        {
            _due.Clear();
            Monitor.Exit(_due);
        }
    }

    // An exception on a timer's thread would end the process, and every other deadline with it.
    private static void Meet(Entry entry, TimeSpan now)
    {
        try
        {
            entry.OnDue(now);
        }
        catch (Exception exception)
        {
            entry.OnDueFailed(exception);
        }
    }

    private void CollectUnsynchronized(TimeSpan now)
    {
        var current = now.Ticks / _tick.Ticks;
        // After a pause of more than a turn every slot is visited once. The slot of the tick that has begun is visited too, and again when it has passed: some of its deadlines are due
        // already, and the timer may not come back before the next has begun.
        for (var tick = Math.Max(_lastTick + 1, current - Slots + 2); tick <= current + 1; tick++)
        {
            for (var entry = _slots[tick % Slots]; entry is not null;)
            {
                var next = entry.Next;
                if (entry.Due <= now)
                {
                    UnlinkUnsynchronized(entry);
                    _due.Add(entry);
                }
                else if (SlotOf(entry.Due) != entry.Slot)
                {
                    UnlinkUnsynchronized(entry);
                    LinkUnsynchronized(entry);
                }

                entry = next;
            }
        }

        _lastTick = current;
    }

    // Rounded up, so that the slot is visited when the deadline has passed.
    private int SlotOf(TimeSpan due) => (int)(Math.Max(((due.Ticks - 1) / _tick.Ticks) + 1, _lastTick + 1) % Slots);

    private void LinkUnsynchronized(Entry entry)
    {
        if (_count++ == 0)
        {
            _lastTick = Now.Ticks / _tick.Ticks;
            _timer.Change(_tick, _tick);
        }

        entry.Slot = SlotOf(entry.Due);
        ref var head = ref _slots[entry.Slot];
        entry.Previous = null;
        entry.Next = head;
        if (head is not null)
        {
            head.Previous = entry;
        }

        head = entry;
    }

    private void UnlinkUnsynchronized(Entry entry)
    {
        if (entry.Previous is null)
        {
            _slots[entry.Slot] = entry.Next;
        }
        else
        {
            entry.Previous.Next = entry.Next;
        }

        if (entry.Next is not null)
        {
            entry.Next.Previous = entry.Previous;
        }

        entry.Next = entry.Previous = null;
        entry.Slot = -1;
        if (--_count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Something with a deadline.</summary>
    internal abstract class Entry
    {
        internal Entry? Next;
        internal Entry? Previous;
        internal TimeSpan Due;
        internal int Slot = -1;

        /// <summary>The deadline has passed. Runs on the timer's thread, so it is short; it may schedule again.</summary>
        protected internal abstract void OnDue(TimeSpan now);

        /// <summary><see cref="OnDue"/> threw. Must not throw.</summary>
        protected internal abstract void OnDueFailed(Exception exception);
    }
}
