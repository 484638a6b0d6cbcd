using System.Globalization;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>What a server process says of itself at one moment. The counts are of the whole life of the process.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="AllocatedBytes">What the process has allocated, exactly; null where it cannot tell.</param>
/// <param name="WorkingSetBytes">Its resident memory.</param>
/// <param name="Ingested">How many one-way events it has handled.</param>
/// <param name="TickSum">The sum of the ticks in them; 0 for a server that does not decode.</param>
internal readonly record struct ServerSample(TimeSpan Cpu, long? AllocatedBytes, long WorkingSetBytes, long Ingested, ulong TickSum)
{
    private const string Unknown = "-";

    public static ServerSample Take()
    {
        var (ingested, tickSum) = IngestTally.Total();
        return new ServerSample(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Environment.WorkingSet, ingested, tickSum);
    }

    /// <summary>One line of text, for the control channel.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Cpu.Ticks} {AllocatedBytes?.ToString(CultureInfo.InvariantCulture) ?? Unknown} {WorkingSetBytes} {Ingested} {TickSum}");

    public static ServerSample Parse(string line)
    {
        var parts = line.Split(' ');
        return new ServerSample(
            new TimeSpan(Number(parts[0])),
            parts[1] == Unknown ? null : Number(parts[1]),
            Number(parts[2]),
            Number(parts[3]),
            ulong.Parse(parts[4], CultureInfo.InvariantCulture));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
