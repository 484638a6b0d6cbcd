using System.Diagnostics;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>What a workload needs for one run against one server.</summary>
/// <param name="Dialect">What the server speaks.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Control">Tells what the server's process has used.</param>
/// <param name="Input">The payloads.</param>
/// <param name="WarmUp">How long the load runs before it is measured.</param>
/// <param name="Length">How long it is measured.</param>
internal sealed record LoadSession(Dialect Dialect, int Port, ControlClient Control, BenchmarkInput Input, TimeSpan WarmUp, TimeSpan Length)
{
    public const int HandshakesInFlight = 32;

    private static readonly TimeSpan s_settleStep = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(5);

    public LoadLoop CreateLoop() => new(Dialect, Port);

    public Observation Observe() => Observation.Take(Control);

    /// <summary>Waits until the server has little left to do, for example with connections that were just closed; gives up after a while, because a server may never rest.</summary>
    public void Settle()
    {
        var began = Stopwatch.GetTimestamp();
        var before = Control.Sample().Cpu;
        while (Stopwatch.GetElapsedTime(began) < s_settleLimit)
        {
            Thread.Sleep(s_settleStep);
            var now = Control.Sample().Cpu;
            if (now - before < s_settleStep / 20)
            {
                return;
            }

            before = now;
        }
    }
}
