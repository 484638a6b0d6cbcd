using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>A server that is measured: how it is started and what the load generator speaks to it.</summary>
/// <param name="name">Its name on the command line and in the table.</param>
/// <param name="description">What it is, for the legend below the table.</param>
internal abstract class BenchmarkSystem(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public abstract Dialect CreateDialect();

    /// <summary>
    /// Starts the server's process, which prints its port and the port where it answers as <see cref="ControlServer"/> does, and lives as long as its standard input is open.
    /// </summary>
    /// <exception cref="LoadException">What it needs is missing; the message says what.</exception>
    public abstract Task<ChildProcess> LaunchAsync(CancellationToken cancellationToken);
}
