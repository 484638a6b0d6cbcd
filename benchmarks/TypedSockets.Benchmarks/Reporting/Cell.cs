namespace TypedSockets.Benchmarks.Reporting;

/// <summary>The runs of one system under one workload.</summary>
/// <param name="System">The name of the system.</param>
/// <param name="Workload">The name of the workload.</param>
/// <param name="Title">The name of the workload in the table.</param>
/// <param name="Runs">One for each round.</param>
internal sealed record Cell(string System, string Workload, string Title, List<RunResult> Runs)
{
    /// <summary>The median of <paramref name="measure"/> over the rounds; null when the workload does not measure it or a run failed.</summary>
    public double? Median(Func<RunResult, double?> measure)
    {
        double?[] values = [.. Runs.Select(measure)];
        return Runs.Any(run => run.Failure is not null) || values.Any(value => value is null) ? null : Numbers.Median(values.Select(value => value!.Value));
    }

    /// <summary>Half the range of <paramref name="measure"/> over the rounds, as a share of its median; null when there was one.</summary>
    public double? Noise(Func<RunResult, double?> measure) =>
        Runs.Count > 1 && Median(measure) is { } median && median > 0 ? (Runs.Max(measure) - Runs.Min(measure)) / 2 / median : null;
}
