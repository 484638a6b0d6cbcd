using System.Globalization;
using TypedSockets.Benchmarks.Systems;
using TypedSockets.Benchmarks.Workloads;

namespace TypedSockets.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Rounds">How often each system runs each workload; the table shows medians.</param>
/// <param name="Seconds">How long each run is measured.</param>
/// <param name="WarmUpSeconds">How long each run warms up.</param>
/// <param name="Systems">In the order of the table.</param>
/// <param name="Workloads">In the order of the table.</param>
/// <param name="Seed">Where the payloads come from.</param>
internal sealed record BenchmarkOptions(
    int Rounds,
    double Seconds,
    double WarmUpSeconds,
    IReadOnlyList<BenchmarkSystem> Systems,
    IReadOnlyList<Workload> Workloads,
    int Seed)
{
    private static readonly BenchmarkOptions s_default =
        new(Rounds: 3, Seconds: 2, WarmUpSeconds: 1, SystemCatalog.All, WorkloadCatalog.All, Seed: 20_261);

    public static string Usage { get; } = $"""
        Usage: TypedSockets.Benchmarks [options]
               TypedSockets.Benchmarks heartbeat [sessions]     what the heartbeats of idle sessions cost; default 100000
          --rounds N          measured rounds after a round that is thrown away; default {s_default.Rounds}
          --seconds S         measured time of a run; default {s_default.Seconds}
          --systems A,B       of {string.Join(", ", SystemCatalog.All.Select(system => system.Name))}; default all
          --workloads A,B     of {string.Join(", ", WorkloadCatalog.All.Select(workload => workload.Name))}; default all
          --seed N            seed of the payloads; default {s_default.Seed}
          --quick             one round of half a second: shows that everything works, not how fast it is
        """;

    /// <exception cref="ArgumentException">An argument is unknown or malformed; the message says which.</exception>
    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = s_default;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--quick")
            {
                options = options with { Rounds = 1, Seconds = 0.5, WarmUpSeconds = 0.5 };
                continue;
            }

            var name = arguments[i];
            var value = ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"'{name}' needs a value, or is unknown.");
            options = name switch
            {
                "--rounds" => options with { Rounds = (int)Positive(name, value) },
                "--seconds" => options with { Seconds = Positive(name, value) },
                "--systems" => options with { Systems = [.. value.Split(',').Select(SystemCatalog.Find)] },
                "--workloads" => options with { Workloads = [.. value.Split(',').Select(WorkloadCatalog.Find)] },
                "--seed" => options with { Seed = (int)Positive(name, value) },
                _ => throw new ArgumentException($"'{name}' is unknown."),
            };
        }

        return options;
    }

    private static double Positive(string name, string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0 && (number == Math.Floor(number) || name == "--seconds")
            ? number
            : throw new ArgumentException($"'{value}' is no value for '{name}'.");
}
