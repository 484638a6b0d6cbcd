using System.Diagnostics;
using System.Net;

namespace TypedSockets.Conformance.Tests;

/// <summary>The host in a process of its own, ended with the test.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public static HostProcess Start(string program, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"'{program}' could not be started."));

    public async Task<IPEndPoint> ReadAddressAsync()
    {
        const string Listening = "Now listening on: http://";
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var index)
            {
                // What else it prints must not fill the pipe.
                _ = _process.StandardOutput.ReadToEndAsync();
                return IPEndPoint.Parse(line[(index + Listening.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The host ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
