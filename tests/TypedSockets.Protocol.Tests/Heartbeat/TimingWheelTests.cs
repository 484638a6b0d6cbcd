using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Testing;

namespace TypedSockets.Protocol.Tests.Heartbeat;

public sealed class TimingWheelTests : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_turn = 512 * s_tick;

    private readonly ManualTime _time = new();
    private readonly TimingWheel _wheel;

    public TimingWheelTests() => _wheel = new TimingWheel(_time, s_tick);

    public void Dispose() => _wheel.Dispose();

    /// <summary>
    /// Whenever it is scheduled, within a tick, between ticks, turns ahead or in the past. A deadline just behind a tick's border used to be almost two ticks late when the timer
    /// had been started just before one.
    /// </summary>
    [Fact]
    public void Deadline_IsMetNeverEarlyAndLateByAtMostATick()
    {
        const int Seed = 512;
        var random = new Random(Seed);
        var entries = new List<Deadline>();
        for (var round = 0; round < 20_000; round++)
        {
            var due = _wheel.Now + (random.Next(10) switch
            {
                0 => TimeSpan.FromTicks(random.NextInt64(3 * s_turn.Ticks)),
                1 => random.Next(5) * s_tick,
                2 => -TimeSpan.FromTicks(random.NextInt64(s_turn.Ticks)),
                _ => TimeSpan.FromTicks(random.NextInt64(20 * s_tick.Ticks)),
            });
            var entry = new Deadline(_wheel.Now > due ? _wheel.Now : due);
            entries.Add(entry);
            _wheel.Schedule(entry, due);
            if (random.Next(3) > 0)
            {
                _time.Advance(TimeSpan.FromTicks(random.NextInt64(s_tick.Ticks)));
            }

            if (random.Next(200) == 0)
            {
                // Lets the wheel run empty, so that the timer starts again at another phase.
                _time.Advance(4 * s_turn);
                Assert.Equal(0, _wheel.Count);
            }
        }

        _time.Advance(4 * s_turn);
        Assert.All(entries, entry =>
        {
            Assert.Equal(1, entry.Met);
            Assert.InRange(entry.MetAt, entry.DueAt, entry.DueAt + s_tick);
        });
    }

    [Fact]
    public void Deadline_MovedLater_IsMetThenOnly()
    {
        var entry = Schedule(5 * s_tick);
        _time.Advance(4 * s_tick);
        _wheel.Schedule(entry, 700 * s_tick);
        _time.Advance(695 * s_tick);
        Assert.Equal(0, entry.Met);
        _time.Advance(2 * s_tick);
        Assert.Equal((1, 700 * s_tick), (entry.Met, entry.MetAt));
    }

    [Fact]
    public void Deadline_MovedEarlier_IsMetThenOnly()
    {
        var entry = Schedule(700 * s_tick);
        _time.Advance(4 * s_tick);
        _wheel.Schedule(entry, 6 * s_tick);
        _time.Advance(3 * s_turn);
        Assert.Equal((1, 6 * s_tick), (entry.Met, entry.MetAt));
    }

    [Fact]
    public void Deadline_MovedByWholeTurns_WaitsForTheRightOne()
    {
        var entry = Schedule(5 * s_tick);
        _wheel.Schedule(entry, (5 * s_tick) + (2 * s_turn));
        _time.Advance(2 * s_turn);
        Assert.Equal(0, entry.Met);
        _time.Advance(5 * s_tick);
        Assert.Equal(1, entry.Met);
    }

    [Fact]
    public void Deadline_Removed_IsNotMet_AndNeverNeedsRemovingAgain()
    {
        var others = Enumerable.Range(0, 3).Select(_ => Schedule(5 * s_tick)).ToArray();
        _wheel.Remove(others[1]);
        _wheel.Remove(others[1]);
        Assert.Equal(2, _wheel.Count);
        _time.Advance(10 * s_tick);
        Assert.Equal([1, 0, 1], others.Select(entry => entry.Met));
        _wheel.Remove(others[0]);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Entry_ThatSchedulesItselfWhenDue_IsMetAgainAndAgain()
    {
        var entry = new Deadline(s_tick);
        entry.OnMet = now => _wheel.Schedule(entry, now + (3 * s_tick));
        _wheel.Schedule(entry, s_tick);
        _time.Advance(100 * s_tick);
        Assert.Equal(1 + (99 / 3), entry.Met);
    }

    /// <summary>An exception used to end the timer's callback, and with it the process and every other deadline.</summary>
    [Fact]
    public void Entry_ThatThrowsWhenDue_IsToldAndTheOthersAreMet()
    {
        var failing = Schedule(s_tick);
        failing.OnMet = _ => throw new InvalidOperationException("broken");
        var others = new[] { Schedule(s_tick), Schedule(s_tick), Schedule(2 * s_tick) };
        _time.Advance(4 * s_tick);
        Assert.Equal("broken", failing.Failure?.Message);
        Assert.All(others, other => Assert.Equal(1, other.Met));
    }

    [Fact]
    public void Timer_RunsOnlyWhileSomethingIsScheduled()
    {
        Assert.Equal(0, _time.RunningTimers);
        var entry = Schedule(5 * s_tick);
        Assert.Equal(1, _time.RunningTimers);
        _wheel.Remove(entry);
        Assert.Equal(0, _time.RunningTimers);
        Schedule(2 * s_tick);
        _time.Advance(10 * s_tick);
        Assert.Equal(0, _time.RunningTimers);
    }

    [Fact]
    public void Pause_OfManyTurns_MeetsEverythingThatIsDueOnce()
    {
        var entries = Enumerable.Range(1, 2_000).Select(tick => Schedule(tick * s_tick)).ToArray();
        _time.Jump(1_500 * s_tick);
        Assert.All(entries[..1_500], entry => Assert.Equal(1, entry.Met));
        Assert.All(entries[1_500..], entry => Assert.Equal(0, entry.Met));
        Assert.Equal(500, _wheel.Count);
        _time.Advance(600 * s_tick);
        Assert.All(entries, entry => Assert.Equal(1, entry.Met));
    }

    [Fact]
    public void DisposedWheel_StopsItsTimer()
    {
        Schedule(s_tick);
        _wheel.Dispose();
        Assert.Equal(0, _time.RunningTimers);
    }

    private Deadline Schedule(TimeSpan due)
    {
        var entry = new Deadline(due);
        _wheel.Schedule(entry, due);
        return entry;
    }

    private sealed class Deadline(TimeSpan due) : TimingWheel.Entry
    {
        public TimeSpan DueAt { get; } = due;

        public int Met { get; private set; }

        public TimeSpan MetAt { get; private set; }

        public Action<TimeSpan>? OnMet { get; set; }

        protected internal override void OnDue(TimeSpan now)
        {
            Met++;
            MetAt = now;
            OnMet?.Invoke(now);
        }

        public Exception? Failure { get; private set; }

        protected internal override void OnDueFailed(Exception exception) => Failure = exception;
    }
}
