using TypedSockets.Benchmarks.Reporting;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>
/// What an idle connection costs in resident memory. A few connections first, so that what a server needs once, for the first of them, is not divided among the many.
/// </summary>
internal sealed class IdleMemory() : Workload("idle", "5,000 idle connections")
{
    private const int FirstConnections = 200;
    private const int MoreConnections = 5000;

    public override bool NeedsFreshServer => true;

    public override RunResult Run(LoadSession session)
    {
        using var loop = session.CreateLoop();
        loop.Open(FirstConnections, LoadSession.HandshakesInFlight);
        session.Settle();
        var before = session.Control.Collect();
        loop.Open(MoreConnections, LoadSession.HandshakesInFlight);
        session.Settle();
        var after = session.Control.Collect();
        return new RunResult { KibibytesPerConnection = (after.WorkingSetBytes - before.WorkingSetBytes) / 1024.0 / MoreConnections };
    }
}
