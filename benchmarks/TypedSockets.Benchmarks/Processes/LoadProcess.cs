using System.Text.Json;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Reporting;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>The load generator in a process of its own, started when it is first needed and again when a run made it unusable.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    // Beyond the time that a run is asked to take: handshakes, draining, settling, and repeated handshake batches.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(90);

    private ChildProcess? _process;

    public async Task<RunResult> RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        _process ??= ChildProcess.StartSelf(serverGarbageCollector: false, LoadCommand.Name);
        try
        {
            await _process.WriteLineAsync(JsonSerializer.Serialize(order));
            var line = await _process.ReadLineAsync(TimeSpan.FromSeconds(order.WarmUpSeconds + order.Seconds) + s_grace, cancellationToken);
            return JsonSerializer.Deserialize<RunResult>(line) ?? throw new LoadException("The load generator answered with nothing.");
        }
        catch (Exception exception) when (exception is LoadException or IOException)
        {
            await DisposeAsync();
            return new RunResult { Failure = $"Load generator: {exception.Message}" };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }
}
