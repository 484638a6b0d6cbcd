using System.Diagnostics;

namespace TypedSockets.Interop.Tests.Programs;

/// <summary>Our server in a process of its own (tests/PeerHost), for tests that kill or freeze it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts a server with a heartbeat of so many milliseconds.</summary>
    public static async Task<ServerProcess> StartAsync(int heartbeat)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "PeerHost"), ["server", $"{heartbeat}"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("PeerHost could not be started.");
        try
        {
            var address = await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
            return new ServerProcess(process, new Uri(address ?? throw new InvalidOperationException("PeerHost ended before it was ready.")));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>kill -9: the process ends where it stands.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The process is there and does nothing, as on a machine that swaps or sleeps.</summary>
    public Task FreezeAsync() => Signals.FreezeAsync(_process);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
