using TypedSockets.Interop.Tests.Programs;

namespace TypedSockets.Interop.Tests.Servers;

/// <summary>Both servers, with a calm heartbeat and with a quick one, started when the first test asks for them.</summary>
public sealed class TranscriptServers : IAsyncDisposable
{
    private readonly Lazy<Task<(EngineServer Node, EngineServer Ours)>> _calm = new(() => StartAsync(Heartbeat.Calm));
    private readonly Lazy<Task<(EngineServer Node, EngineServer Ours)>> _quick = new(() => StartAsync(Heartbeat.Quick));

    internal Task<(EngineServer Node, EngineServer Ours)> GetAsync(bool hasHeartbeat)
    {
        NodePackages.Require();
        return (hasHeartbeat ? _quick : _calm).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var servers in new[] { _calm, _quick }.Where(servers => servers.IsValueCreated))
        {
            var (node, ours) = await servers.Value;
            await node.DisposeAsync();
            await ours.DisposeAsync();
        }
    }

    private static async Task<(EngineServer Node, EngineServer Ours)> StartAsync(Heartbeat heartbeat) => (await NodeServer.StartAsync(heartbeat), await EngineHost.StartAsync(heartbeat));
}
