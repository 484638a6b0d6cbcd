using System.Diagnostics;
using System.Threading.Channels;

namespace Chat.Tests.Processes;

/// <summary>A program of this build as a process of its own, whose lines can be waited for. It is ended when it is disposed of.</summary>
internal sealed class DotnetProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly Task _reading;

    public DotnetProcess(string project, params IEnumerable<string> arguments)
        : this(new ProcessStartInfo("dotnet", [Artifacts.Assembly(project), .. arguments]))
    {
    }

    private DotnetProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        _reading = ReadAllAsync();
    }

    /// <summary>Starts a program that needs no installed runtime.</summary>
    public static DotnetProcess SelfContained(string program, params IEnumerable<string> arguments) => new(new ProcessStartInfo(program, arguments));

    /// <summary>What the process reads.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Waits for a line that contains a text, among those that were not waited for yet.</summary>
    public async Task<string> ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                _seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(Describe($"No line with '{text}' came within {s_patience.TotalSeconds:0} s."));
        }

        throw new InvalidOperationException(Describe($"The process ended before a line with '{text}' came."));
    }

    /// <summary>Waits for the end of the process. Returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAllAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        _lines.Writer.Complete();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }
    }

    private string Describe(string what) => $"{what} The process printed:{Environment.NewLine}{string.Join(Environment.NewLine, _seen)}";
}
