using System.Globalization;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>How busy the machine is, from <c>/proc/stat</c> (proc(5)).</summary>
internal static class MachineLoad
{
    // USER_HZ, the unit of /proc/stat, is 100 on every architecture that .NET runs on.
    private const int TicksPerSecond = 100;

    /// <summary>User, nice, system, interrupt and soft interrupt time of all cores together, since the machine started.</summary>
    public static TimeSpan BusyTime()
    {
        using var reader = new StreamReader("/proc/stat");
        var fields = (reader.ReadLine() ?? throw new InvalidDataException("/proc/stat is empty.")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7];
        return TimeSpan.FromSeconds(busy.Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture)) / (double)TicksPerSecond);
    }
}
