using System.Security.Cryptography;
using TypedSockets.Interop.Tests.Servers;

namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>One case as it is played against one server: its session, its connections, and what has been observed.</summary>
internal sealed class Scene(EngineServer server) : IAsyncDisposable
{
    private readonly Dictionary<string, (RawPeer Peer, HttpRequest Request)> _connections = [];
    private readonly HashSet<string> _refused = [];
    private readonly List<Observation> _observations = [];

    public EngineServer Server => server;

    public string? Sid { get; set; }

    /// <summary>Whether a close frame was sent that has not been answered.</summary>
    public bool HasSaidGoodbye { get; set; }

    public IReadOnlyList<Observation> Observations => _observations;

    public static async Task<IReadOnlyList<Observation>> PlayAsync(EngineServer server, TranscriptCase transcript)
    {
        await using var scene = new Scene(server);
        foreach (var step in transcript.Steps)
        {
            await step.PlayAsync(scene);
        }

        return scene.Observations;
    }

    /// <summary>Notes what came back, without what is different each time.</summary>
    public void Observe(string subject, string value) => _observations.Add(new Observation(subject, Sid is null ? value : value.Replace(Sid, "SID", StringComparison.Ordinal)));

    /// <summary>A connection by its name; null when the server refused to make it a WebSocket.</summary>
    public RawPeer? Find(string name) => _refused.Contains(name) ? null : _connections[name].Peer;

    public void Refuse(string name) => _refused.Add(name);

    public HttpRequest FindRequest(string name) => _connections[name].Request;

    /// <summary>Sends a request on a connection of its own.</summary>
    public async Task<RawPeer> SendAsync(string name, HttpRequest request)
    {
        var peer = await RawPeer.DialAsync(server.Address);
        if (_connections.Remove(name, out var former))
        {
            await former.Peer.DisposeAsync();
        }

        _connections.Add(name, (peer, request));
        await peer.SendAsync(request.ToBytes(server.Address, Sid));
        return peer;
    }

    /// <summary>Sends a request on a connection of its own, and waits until the server has begun with it.</summary>
    public async Task BeginAsync(string name, HttpRequest request)
    {
        var id = RandomNumberGenerator.GetHexString(16);
        await SendAsync(name, request.With(EngineServer.RequestIdHeader, id));
        await server.WhenArrivedAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (peer, _) in _connections.Values)
        {
            await peer.DisposeAsync();
        }
    }
}
