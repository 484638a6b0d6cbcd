using System.Diagnostics;
using System.Globalization;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Benchmarks.Heartbeats;

/// <summary>
/// <c>heartbeat [SESSIONS]</c>: what the heartbeats of many idle sessions cost, with the server's default times: the wheel, the machines, the packets to and from the transport. The
/// transport itself has no network, so that neither ports nor open files limit the number.
/// </summary>
internal static class HeartbeatCommand
{
    public const string Name = "heartbeat";

    private const int DefaultSessions = 100_000;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length == 0 ? DefaultSessions : int.Parse(arguments[0], CultureInfo.InvariantCulture);
        using var wheel = new TimingWheel(TimeProvider.System, s_tick);
        await Console.Error.WriteLineAsync($"opening {count:N0} sessions, spread over one interval of {s_interval.TotalSeconds} s");
        var sessions = await OpenAsync(wheel, count);

        await Console.Error.WriteLineAsync("measuring two intervals");
        GC.Collect();
        var (cpu, answers, allocated, clock) = (Environment.CpuUsage.TotalTime, AnsweringTransport.Answers, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await Task.Delay(2 * s_interval);
        var took = Stopwatch.GetElapsedTime(clock);
        var share = (Environment.CpuUsage.TotalTime - cpu) / took;
        var beats = AnsweringTransport.Answers - answers;
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sessions.Length:N0} idle sessions, {beats / took.TotalSeconds:N0} heartbeats/s: {share:P2} of a core, {share * took.TotalMicroseconds / beats:0.00} us and {(double)bytes / beats:0} B each; one timer"));
        return beats >= 1.9 * count ? 0 : 1;
    }

    // Clients do not all come at once; neither do their heartbeats then.
    private static async Task<BeatingConnection[]> OpenAsync(TimingWheel wheel, int count)
    {
        var sessions = new BeatingConnection[count];
        var clock = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            sessions[index] = new BeatingConnection(wheel, s_interval, s_timeout);
            _ = sessions[index].RunAsync();
            var due = s_interval * ((double)index / count);
            if (due - Stopwatch.GetElapsedTime(clock) is { TotalMilliseconds: > 1 } early)
            {
                await Task.Delay(early);
            }
        }

        return sessions;
    }
}
