using System.Diagnostics;
using System.Globalization;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>One end in a process of its own (tests/PeerHost).</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PeerProcess(Process process, string ready)
    {
        _process = process;
        Ready = ready;
    }

    /// <summary>What it said when it was ready: the address of a server, the connection's id of a client.</summary>
    public string Ready { get; }

    public static async Task<PeerProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "PeerHost"), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("PeerHost could not be started.");
        try
        {
            var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
            return new PeerProcess(process, ready ?? throw new InvalidOperationException($"PeerHost {string.Join(' ', arguments)} ended before it was ready."));
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>kill -9: the process ends where it stands.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -STOP: the process is there and does nothing, as on a machine that swaps or sleeps.</summary>
    public async Task FreezeAsync()
    {
        using var kill = Process.Start("kill", ["-STOP", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync() => await EndAsync(_process);

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
