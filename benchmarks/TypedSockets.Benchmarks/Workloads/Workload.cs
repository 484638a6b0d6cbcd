using TypedSockets.Benchmarks.Reporting;

namespace TypedSockets.Benchmarks.Workloads;

/// <summary>One kind of load.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="title">Its name in the table.</param>
internal abstract class Workload(string name, string title)
{
    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>Whether the server process must be a new one, because what is measured depends on what it did before.</summary>
    public virtual bool NeedsFreshServer => false;

    /// <summary>Puts the load on the server and measures, in the load generator's process.</summary>
    public abstract RunResult Run(LoadSession session);
}
