namespace TypedSockets.Benchmarks.Processes;

/// <summary>What the load generator's process is asked to run; one line of JSON.</summary>
/// <param name="System">The name of the system.</param>
/// <param name="Workload">The name of the workload.</param>
/// <param name="Port">Where the server listens.</param>
/// <param name="ControlPort">Where its <see cref="ControlServer"/> does.</param>
/// <param name="WarmUpSeconds">How long the load runs before it is measured.</param>
/// <param name="Seconds">How long it is measured.</param>
/// <param name="Seed">Where the payloads come from.</param>
internal sealed record RunOrder(string System, string Workload, int Port, int ControlPort, double WarmUpSeconds, double Seconds, int Seed);
