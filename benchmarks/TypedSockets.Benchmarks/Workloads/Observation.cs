using System.Diagnostics;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Processes;
using TypedSockets.Benchmarks.Reporting;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>What had been used up at one moment: by the server, by the load generator and by the whole machine.</summary>
/// <param name="Server">The server's process.</param>
/// <param name="Timestamp">When; a <see cref="Stopwatch"/> timestamp.</param>
/// <param name="ClientCpu">User and system time of the load generator's process.</param>
/// <param name="MachineCpu">Time in which any core was busy.</param>
internal readonly record struct Observation(ServerSample Server, long Timestamp, TimeSpan ClientCpu, TimeSpan MachineCpu)
{
    public static Observation Take(ControlClient control) => new(control.Sample(), Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, MachineLoad.BusyTime());

    /// <summary>The result of the time from this moment to <paramref name="end"/>.</summary>
    public RunResult To(Observation end, long messages, LatencyHistogram? latencies)
    {
        var seconds = Stopwatch.GetElapsedTime(Timestamp, end.Timestamp).TotalSeconds;
        var server = end.Server.Cpu - Server.Cpu;
        var client = end.ClientCpu - ClientCpu;
        var others = end.MachineCpu - MachineCpu - server - client;
        return new RunResult
        {
            Messages = messages,
            Seconds = seconds,
            ServerCpuSeconds = server.TotalSeconds,
            ClientCpuSeconds = client.TotalSeconds,
            OtherCpuSeconds = Math.Max(others.TotalSeconds, 0),
            AllocatedBytes = end.Server.AllocatedBytes - Server.AllocatedBytes,
            P50Microseconds = latencies?.Percentile(0.50),
            P99Microseconds = latencies?.Percentile(0.99),
            P999Microseconds = latencies?.Percentile(0.999),
        };
    }
}
