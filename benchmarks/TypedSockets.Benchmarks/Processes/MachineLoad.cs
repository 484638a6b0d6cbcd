using System.Diagnostics;
using System.Globalization;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>How busy the machine is, from <c>/proc/stat</c> (proc(5)).</summary>
internal static class MachineLoad
{
    // USER_HZ, the unit of /proc/stat, is 100 on every architecture that .NET runs on.
    private const int TicksPerSecond = 100;

    /// <summary>Waits until the whole machine uses fewer than <paramref name="cores"/> for a moment; gives up after <paramref name="limit"/>.</summary>
    public static async Task WaitUntilQuietAsync(double cores, TimeSpan limit, CancellationToken cancellationToken)
    {
        var moment = TimeSpan.FromMilliseconds(250);
        var began = Stopwatch.GetTimestamp();
        TimeSpan used;
        do
        {
            var before = BusyTime();
            await Task.Delay(moment, cancellationToken);
            used = BusyTime() - before;
        }
        while (used > cores * moment && Stopwatch.GetElapsedTime(began) < limit);
    }

    /// <summary>User, nice, system, interrupt and soft interrupt time of all cores together, since the machine started.</summary>
    public static TimeSpan BusyTime()
    {
        using var reader = new StreamReader("/proc/stat");
        var fields = (reader.ReadLine() ?? throw new InvalidDataException("/proc/stat is empty.")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7];
        return TimeSpan.FromSeconds(busy.Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture)) / (double)TicksPerSecond);
    }
}
