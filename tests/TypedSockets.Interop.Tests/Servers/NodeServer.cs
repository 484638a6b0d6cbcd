using TypedSockets.Interop.Tests.Programs;

namespace TypedSockets.Interop.Tests.Servers;

/// <summary>Engine.IO's own server: what is right is what it does, unless <c>docs/protocol/differences.md</c> says otherwise.</summary>
internal sealed class NodeServer : EngineServer
{
    private readonly NodeProgram _program;
    private readonly Task _listening;

    private NodeServer(NodeProgram program, int port)
    {
        _program = program;
        Address = new Uri($"http://127.0.0.1:{port}");
        _listening = ListenAsync();
    }

    public override Uri Address { get; }

    public static async Task<NodeServer> StartAsync(Heartbeat heartbeat)
    {
        var program = NodeProgram.Start("server.mjs", $"--pingInterval={heartbeat.Interval.TotalMilliseconds}", $"--pingTimeout={heartbeat.Timeout.TotalMilliseconds}");
        try
        {
            return new NodeServer(program, (await program.ReadAsync("listening")).GetProperty("port").GetInt32());
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _program.EndAsync();
        await _listening;
        await _program.DisposeAsync();
    }

    private async Task ListenAsync()
    {
        while (await _program.ReadAsync() is { } line)
        {
            if (line.GetProperty("event").GetString() == "close")
            {
                OnClosed(line.GetProperty("sid").GetString()!, line.GetProperty("reason").GetString()!);
            }
            else
            {
                OnArrived(line.GetProperty("request").GetString()!);
            }
        }
    }
}
