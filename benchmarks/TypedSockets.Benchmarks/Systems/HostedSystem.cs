using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>A system whose server is part of this program, which is started again for it.</summary>
/// <param name="name">Its name on the command line and in the table.</param>
/// <param name="description">What it is, for the legend below the table.</param>
internal abstract class HostedSystem(string name, string description) : BenchmarkSystem(name, description)
{
    public sealed override Task<ChildProcess> LaunchAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ChildProcess.StartSelf(serverGarbageCollector: true, ServeCommand.Name, Name));

    /// <summary>Starts the server in this process, to run until the process ends; returns its port.</summary>
    public abstract Task<int> StartAsync();
}
