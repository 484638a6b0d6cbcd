using TypedSockets.Benchmarks.Load.Dialects;

namespace TypedSockets.Benchmarks.Load.Drivers;

/// <summary>Publishes the next broadcast when one of <paramref name="outstanding"/> has reached all.</summary>
internal sealed class ClosedLoopBroadcastDriver(LoadLoop loop, Dialect dialect, BenchmarkInput input, int outstanding) : BroadcastDriver(loop, dialect, input)
{
    public override void Start()
    {
        for (var i = 0; i < outstanding; i++)
        {
            Publish();
        }
    }

    protected override void Completed()
    {
        if (!IsStopped)
        {
            Publish();
        }
    }
}
