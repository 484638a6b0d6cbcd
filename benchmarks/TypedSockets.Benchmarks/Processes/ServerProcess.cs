using System.Globalization;
using TypedSockets.Benchmarks.Systems;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>A started server.</summary>
internal sealed class ServerProcess(ChildProcess process, int port, int controlPort) : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);

    public int Port => port;

    public int ControlPort => controlPort;

    public bool HasExited => process.HasExited;

    public static async Task<ServerProcess> StartAsync(BenchmarkSystem system, CancellationToken cancellationToken)
    {
        var process = await system.LaunchAsync(cancellationToken);
        try
        {
            var ports = (await process.ReadLineAsync(s_startLimit, cancellationToken)).Split(' ');
            return new ServerProcess(process, int.Parse(ports[0], CultureInfo.InvariantCulture), int.Parse(ports[1], CultureInfo.InvariantCulture));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
