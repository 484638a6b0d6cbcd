using TypedSockets.Benchmarks.Load.Dialects;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>A server that is measured: how it is started and what the load generator speaks to it.</summary>
internal abstract class BenchmarkSystem
{
    /// <summary>Its name on the command line and in the table.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for the legend below the table.</summary>
    public abstract string Description { get; }

    public abstract Dialect CreateDialect();

    /// <summary>Starts the server in this process, to run until the process ends; returns its port.</summary>
    public abstract Task<int> StartAsync();
}
