using System.Diagnostics;
using TypedSockets.Benchmarks.Load.Dialects;

namespace TypedSockets.Benchmarks.Load.Drivers;

/// <summary>Publishes <paramref name="perSecond"/> broadcasts a second, whether or not the earlier ones have arrived.</summary>
internal sealed class PacedBroadcastDriver(LoadLoop loop, Dialect dialect, BenchmarkInput input, int perSecond) : BroadcastDriver(loop, dialect, input)
{
    private static readonly long s_ticksPerMillisecond = Stopwatch.Frequency / 1000;

    private readonly long _interval = Stopwatch.Frequency / perSecond;
    private long _due;

    public override void Start() => _due = Stopwatch.GetTimestamp();

    public override int Turn(long now)
    {
        if (IsStopped)
        {
            return int.MaxValue;
        }

        if (now >= _due)
        {
            Publish();
            _due += _interval;
        }

        return (int)Math.Max((_due - now + s_ticksPerMillisecond - 1) / s_ticksPerMillisecond, 0);
    }
}
