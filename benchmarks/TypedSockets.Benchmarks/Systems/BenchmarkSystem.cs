using TypedSockets.Benchmarks.Load.Dialects;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>A server that is measured: how it is started and what the load generator speaks to it.</summary>
/// <param name="name">Its name on the command line and in the table.</param>
/// <param name="description">What it is, for the legend below the table.</param>
internal abstract class BenchmarkSystem(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public abstract Dialect CreateDialect();

    /// <summary>Starts the server in this process, to run until the process ends; returns its port.</summary>
    public abstract Task<int> StartAsync();
}
