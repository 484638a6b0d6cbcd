using System.Collections.Concurrent;

namespace TypedSockets.Interop.Tests.Servers;

/// <summary>Engine.IO's own server and this one, a pair for each heartbeat, started when the first test asks for it.</summary>
public sealed class ServerPairs : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Heartbeat, Lazy<Task<(EngineServer Node, EngineServer Ours)>>> _pairs = new();

    internal Task<(EngineServer Node, EngineServer Ours)> GetAsync(Heartbeat heartbeat)
    {
        NodePackages.Require();
        return _pairs.GetOrAdd(heartbeat, _ => new(() => StartAsync(heartbeat))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in _pairs.Values)
        {
            var (node, ours) = await pair.Value;
            await node.DisposeAsync();
            await ours.DisposeAsync();
        }
    }

    private static async Task<(EngineServer Node, EngineServer Ours)> StartAsync(Heartbeat heartbeat) => (await NodeServer.StartAsync(heartbeat), await EngineHost.StartAsync(heartbeat));
}
