using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Systems;
using TypedSockets.Benchmarks.Workloads;

namespace TypedSockets.Benchmarks.Reporting;

/// <summary>All results, as one table and as files.</summary>
internal sealed class BenchmarkReport(BenchmarkOptions options)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow();
    private readonly List<Cell> _cells = [];

    public bool HasResults => _cells.Count > 0;

    public bool HasFailures => _cells.Any(cell => cell.Runs.Any(run => run.Failure is not null));

    public void Add(BenchmarkSystem system, Workload workload, RunResult result)
    {
        if (Find(system.Name, workload.Name) is not { } cell)
        {
            cell = new Cell(system.Name, workload.Name, workload.Title, []);
            _cells.Add(cell);
        }

        cell.Runs.Add(result);
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(ToTable().ToMarkdown());
        text.AppendLine();
        text.AppendLine($"Medians of {_cells.Select(cell => cell.Runs.Count).DefaultIfEmpty().Max()} interleaved rounds; in brackets the ratio to `{SystemCatalog.Reference}`. "
            + "Noise is half the range of the server CPU per message over the rounds, as a share of its median.");
        foreach (var system in options.Systems)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{system.Name}`: {system.Description}.");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{_began:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}. "
            + $"Each run: {options.WarmUpSeconds} s of warm-up, {options.Seconds} s measured. Payloads from seed {options.Seed}: {BenchmarkInput.Distribution}.");
        var runs = _cells.SelectMany(cell => cell.Runs).Where(run => run.Messages > 0).ToArray();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Other processes used {(runs.Length == 0 ? 0 : Numbers.Median(runs.Select(run => run.OtherCores))):0.00} core in the median run; "
            + $"{runs.Count(run => run.OtherCores > BenchmarkRunner.QuietCores)} of {runs.Length} runs were not quiet (more than {BenchmarkRunner.QuietCores} core, three attempts).");
        foreach (var (cell, run) in _cells.SelectMany(cell => cell.Runs.Where(run => run.Failure is not null).Select(run => (cell, run))))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"FAILED: {cell.Title}: {cell.System}: {run.Failure}");
        }

        return text.ToString();
    }

    /// <summary>Writes the table as Markdown and every run as JSON to artifacts/benchmarks, below the repository's root where there is one; returns the path of the Markdown file.</summary>
    public string Save()
    {
        var folder = Directory.CreateDirectory(Path.Combine(FindRoot(), "artifacts", "benchmarks")).FullName;
        var path = Path.Combine(folder, _began.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        File.WriteAllText(path + ".md", ToMarkdown());
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(new { Began = _began, options.Rounds, options.Seconds, options.Seed, Cells = _cells }, s_json));
        return path + ".md";
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TypedSockets.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }

    private Table ToTable()
    {
        var table = new Table(
            "workload", "system", "messages/s", "server CPU us/message", "noise", "allocated B/message", "p50 us", "p99 us", "KiB/connection", "client core");
        foreach (var workload in options.Workloads)
        {
            foreach (var system in options.Systems)
            {
                if (Find(system.Name, workload.Name) is { } cell)
                {
                    AddRow(table, cell);
                }
            }
        }

        return table;
    }

    private void AddRow(Table table, Cell cell)
    {
        var reference = Find(SystemCatalog.Reference, cell.Workload);
        string Compared(Func<RunResult, double?> measure)
        {
            var ratio = cell.Median(measure) / reference?.Median(measure);
            return Numbers.Significant(cell.Median(measure)) + (ratio is null ? "" : ratio.Value.ToString(" '('0.00')'", CultureInfo.InvariantCulture));
        }

        table.AddRow(
            cell.Title,
            cell.System,
            cell.Runs.Any(run => run.Failure is not null) ? "failed" : Compared(run => run.MessagesPerSecond),
            Compared(run => run.ServerMicrosecondsPerMessage),
            cell.Noise(run => run.ServerMicrosecondsPerMessage)?.ToString("P0", CultureInfo.InvariantCulture) ?? "",
            cell.Median(run => run.AllocatedBytesPerMessage)?.ToString("N1", CultureInfo.InvariantCulture) ?? "",
            Compared(run => run.P50Microseconds),
            Compared(run => run.P99Microseconds),
            Compared(run => run.KibibytesPerConnection),
            cell.Median(run => run.ClientCores)?.ToString("0.00", CultureInfo.InvariantCulture) ?? "");
    }

    private Cell? Find(string system, string workload) => _cells.Find(cell => cell.System == system && cell.Workload == workload);
}
