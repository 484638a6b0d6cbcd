using System.Diagnostics;
using System.Globalization;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Load.Drivers;
using TypedSockets.Benchmarks.Processes;
using TypedSockets.Benchmarks.Reporting;
using TypedSockets.Benchmarks.Systems;

namespace TypedSockets.Benchmarks.SlowConsumers;

/// <summary>
/// <c>slow-consumers [CLIENTS] [SECONDS]</c>: what clients that have stopped reading cost the others. Broadcasts that newer ones replace, at a fixed pace, first with every client reading, then
/// with one in a hundred that does not; latency of those who read, and the server's memory.
/// </summary>
internal static class SlowConsumersCommand
{
    public const string Name = "slow-consumers";

    private const int DefaultClients = 10_000;
    private const int DefaultSeconds = 20;
    private const int BroadcastsPerSecond = 5;
    private const int HandshakesInFlight = 32;
    private const int Seed = 1;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var clients = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultClients;
        var length = TimeSpan.FromSeconds(arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : DefaultSeconds);
        var table = new Table("clients", "stopped", "deliveries", "p50 ms", "p99 ms", "server MiB", "growth MiB");
        foreach (var stopped in (int[])[0, Math.Max(1, clients / 100)])
        {
            await Console.Error.WriteLineAsync($"{clients:N0} clients, {stopped:N0} of which read nothing");
            table.AddRow(await MeasureAsync(clients, stopped, length));
        }

        Console.WriteLine(table.ToMarkdown());
        return 0;
    }

    private static async Task<string[]> MeasureAsync(int clients, int stopped, TimeSpan length)
    {
        await using var server = await ServerProcess.StartAsync(TypedSocketsSystem.WithTs1, CancellationToken.None);
        using var control = new ControlClient(server.ControlPort);
        var dialect = new Ts1Dialect(isLatest: true);
        using var readers = new LoadLoop(dialect, server.Port);
        readers.Open(clients - stopped, HandshakesInFlight);
        using var others = new LoadLoop(dialect, server.Port);
        others.Open(stopped, HandshakesInFlight);
        foreach (var connection in others.Connections)
        {
            // The last that is heard of it: nobody runs its loop any more.
            connection.Send(dialect.Stop());
        }

        var driver = new PacedBroadcastDriver(readers, dialect, new BenchmarkInput(Seed), BroadcastsPerSecond);
        driver.Start();
        RunFor(readers, driver, s_warmUp);
        var before = control.Collect().WorkingSetBytes;
        driver.IsRecording = true;
        RunFor(readers, driver, length);
        driver.IsRecording = false;
        driver.Stop();
        readers.Run(driver, _ => !driver.IsDrained);
        var after = control.Collect().WorkingSetBytes;
        return
        [
            clients.ToString("N0", CultureInfo.InvariantCulture),
            stopped.ToString("N0", CultureInfo.InvariantCulture),
            driver.Latencies.Count.ToString("N0", CultureInfo.InvariantCulture),
            Numbers.Significant(driver.Latencies.Percentile(0.50) / 1000),
            Numbers.Significant(driver.Latencies.Percentile(0.99) / 1000),
            Mebibytes(after),
            Mebibytes(after - before),
        ];
    }

    private static void RunFor(LoadLoop loop, LoadDriver driver, TimeSpan length)
    {
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        loop.Run(driver, now => now < end);
    }

    private static string Mebibytes(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.0", CultureInfo.InvariantCulture);
}
