using System.Diagnostics;
using System.Reflection;
using TypedSockets.Benchmarks.Load;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>A program that is spoken to in lines. It ends when it is disposed, or when this process ends, because its input is then closed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_exitLimit = TimeSpan.FromSeconds(3);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts this program again.</summary>
    /// <param name="serverGarbageCollector">As ASP.NET Core applications have it by default.</param>
    /// <param name="arguments">The sub-command and its arguments.</param>
    public static ChildProcess StartSelf(bool serverGarbageCollector, params string[] arguments)
    {
        var host = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        var start = new ProcessStartInfo(host);
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_gcServer"] = serverGarbageCollector ? "1" : "0";
        return Start(start);
    }

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static ChildProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' could not be started."));
    }

    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>The next line of its output.</summary>
    /// <exception cref="LoadException">It ended, or <paramref name="limit"/> passed.</exception>
    public async Task<string> ReadLineAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new LoadException("The process ended.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LoadException($"The process said nothing for {limit.TotalSeconds} s.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(s_exitLimit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
