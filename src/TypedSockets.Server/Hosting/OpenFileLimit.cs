using System.Globalization;

namespace TypedSockets.Server;

/// <summary>How many files, and so connections, the process may have open.</summary>
internal static class OpenFileLimit
{
    // For the runtime's own pipes, polls, assemblies and log files.
    private const int Reserve = 200;
    private const int Unlimited = 1 << 20;

    /// <summary>How many connections fit. Where the system tells no limit, it counts as a million.</summary>
    public static int MaxTotalConnections { get; } = Math.Max(16, Read() - Reserve);

    /// <summary>How many of them may be sessions, when nothing else is said: the rest is room for requests and for those that are refused.</summary>
    public static int DefaultMaxSessions { get; } = Math.Max(1, MaxTotalConnections / 4 * 3);

    // The runtime has raised its soft limit to the hard one at start. Linux lists both in this file; elsewhere it does not exist.
    private static int Read()
    {
        const string Limits = "/proc/self/limits";
        const string OpenFiles = "Max open files";
        if (!File.Exists(Limits))
        {
            return Unlimited;
        }

        var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(OpenFiles, StringComparison.Ordinal));
        var soft = line?[OpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? Math.Min(limit, Unlimited) : Unlimited;
    }
}
