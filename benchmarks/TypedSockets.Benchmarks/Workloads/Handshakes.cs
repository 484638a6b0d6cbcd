using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Reporting;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>How fast connections are opened, up to the point where the first event could be sent. Closing them is not measured.</summary>
internal sealed class Handshakes() : Workload("handshakes", "handshakes, 32 in flight")
{
    private const int BatchSize = 1500;

    public override RunResult Run(LoadSession session)
    {
        using var loop = session.CreateLoop();
        OpenBatch(session, loop);
        var total = OpenBatch(session, loop);
        while (total.Seconds < session.Length.TotalSeconds)
        {
            total = total.Plus(OpenBatch(session, loop));
        }

        return total;
    }

    private static RunResult OpenBatch(LoadSession session, LoadLoop loop)
    {
        var start = session.Observe();
        loop.Open(BatchSize, LoadSession.HandshakesInFlight);
        var batch = start.To(session.Observe(), BatchSize, latencies: null);
        loop.CloseAll();
        session.Settle();
        return batch;
    }
}
