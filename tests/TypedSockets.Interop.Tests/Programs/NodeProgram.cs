using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSockets.Interop.Tests.Programs;

/// <summary>One of the programs in the folder <c>node</c>, in a process that ends with the test. It tells what happens as one JSON object a line.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeProgram(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static NodeProgram Start(string script, params string[] arguments)
    {
        NodePackages.Require();
        // The program also ends when its input does: even if this process is killed, it does not stay behind.
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = NodePackages.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NodeProgram(Process.Start(start) ?? throw new InvalidOperationException("'node' could not be started."));
    }

    /// <summary>The next line, or null when the program has ended well.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            return JsonElement.Parse(line);
        }

        await _process.WaitForExitAsync();
        return _process.ExitCode == 0 ? null : throw new InvalidOperationException($"The program ended with {_process.ExitCode}: {await _errors}");
    }

    /// <summary>The next line, which must tell of this event.</summary>
    public async Task<JsonElement> ReadAsync(string expected)
    {
        var line = await ReadAsync().WaitAsync(s_patience) ?? throw new InvalidOperationException($"The program ended where '{expected}' was expected.");
        Assert.True(line.GetProperty("event").GetString() == expected, $"Expected '{expected}', got: {line}");
        return line;
    }

    /// <summary>Hands the program a line.</summary>
    public async Task TellAsync(object line) => await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(line));

    /// <summary>Sends a line, and returns the line that answers it.</summary>
    public async Task<JsonObject> AskAsync(JsonObject question)
    {
        await _process.StandardInput.WriteLineAsync(question.ToJsonString());
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) is { } line)
        {
            return JsonNode.Parse(line)!.AsObject();
        }

        throw new InvalidOperationException($"The program ended instead of answering: {await _errors}");
    }

    /// <summary>Asks the program to end, and waits until it has.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
    }

    /// <summary>The program is there and does nothing any more, like a laptop that sleeps.</summary>
    public async Task FreezeAsync()
    {
        using var kill = Process.Start("kill", ["-STOP", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>kill -9: the program ends where it stands.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
