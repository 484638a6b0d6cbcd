using System.Diagnostics;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Reporting;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>Opens the connections, lets a driver load them, measures a stretch of time after a warm-up, and waits until nothing is left.</summary>
internal sealed class TimedWorkload(string name, string title, int connections, Func<LoadSession, LoadLoop, LoadDriver> createDriver) : Workload(name, title)
{
    public override RunResult Run(LoadSession session)
    {
        using var loop = session.CreateLoop();
        loop.Open(connections, LoadSession.HandshakesInFlight);
        var driver = createDriver(session, loop);
        driver.Start();
        RunFor(loop, driver, session.WarmUp);

        driver.IsRecording = true;
        var start = session.Observe();
        var before = driver.Count(start.Server);
        RunFor(loop, driver, session.Length);
        var end = session.Observe();
        var messages = driver.Count(end.Server) - before;
        driver.IsRecording = false;

        driver.Stop();
        loop.Run(driver, _ => !driver.IsDrained);
        return start.To(end, messages, driver.Latencies);
    }

    private static void RunFor(LoadLoop loop, LoadDriver driver, TimeSpan length)
    {
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        loop.Run(driver, now => now < end);
    }
}
