using System.Globalization;
using System.Text.Json;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>A session on HTTP long-polling as a client of bytes drives it. GETs, POSTs and every WebSocket go over connections of their own.</summary>
internal sealed class RawSession : IAsyncDisposable
{
    private readonly EngineServer _server;
    private readonly RawPeer _gets;
    private readonly RawPeer _posts;
    private readonly List<RawPeer> _webSockets = [];
    private int _requests;

    private RawSession(EngineServer server, RawPeer gets, RawPeer posts, RawResponse handshake)
    {
        (_server, _gets, _posts, Handshake) = (server, gets, posts, handshake);
        Assert.True(handshake.Status == 200, $"{handshake.Status} {handshake.Body}");
        using var open = JsonDocument.Parse(handshake.Body[1..]);
        Id = open.RootElement.GetProperty("sid").GetString()!;
    }

    public string Id { get; }

    /// <summary>The answer to the handshake.</summary>
    public RawResponse Handshake { get; }

    public static async Task<RawSession> OpenAsync(EngineServer server, HttpRequest? handshake = null)
    {
        var gets = await RawPeer.DialAsync(server.Address);
        await gets.SendAsync((handshake ?? HttpRequest.Handshake).ToBytes(server.Address, null));
        return new RawSession(server, gets, await RawPeer.DialAsync(server.Address), await gets.ReadResponseAsync("GET"));
    }

    public async Task<RawResponse> GetAsync(HttpRequest? request = null)
    {
        await SendGetAsync(request);
        return await ReadGetAsync();
    }

    public Task SendGetAsync(HttpRequest? request = null) => _gets.SendAsync((request ?? HttpRequest.Poll).ToBytes(_server.Address, Id));

    public Task<RawResponse> ReadGetAsync() => _gets.ReadResponseAsync("GET");

    /// <summary>Sends a GET and waits until the server has begun with it. Returns whether it is answered already.</summary>
    public async Task<bool> BeginGetAsync()
    {
        var request = $"{Id} {(++_requests).ToString(CultureInfo.InvariantCulture)}";
        await SendGetAsync(HttpRequest.Poll.With(EngineServer.RequestIdHeader, request));
        return await _server.WhenArrivedAsync(request);
    }

    /// <summary>Sends a GET and waits until the server holds it.</summary>
    public async Task HoldGetAsync() => Assert.False(await BeginGetAsync(), "The GET was not held.");

    public async Task<RawResponse> PostAsync(string body)
    {
        await SendPostAsync(body);
        return await ReadPostAsync();
    }

    public Task SendPostAsync(string body) => SendPostAsync(HttpRequest.Post(body));

    public Task SendPostAsync(HttpRequest request) => _posts.SendAsync(request.ToBytes(_server.Address, Id));

    public Task<RawResponse> ReadPostAsync() => _posts.ReadResponseAsync("POST");

    /// <summary>Completes when the server has cut the connection of the POSTs.</summary>
    public Task WaitForPostCutAsync() => _posts.WaitForCutAsync();

    /// <summary>Sends a request over one more connection.</summary>
    public async Task<RawPeer> SendAsync(HttpRequest request)
    {
        var peer = await RawPeer.DialAsync(_server.Address);
        _webSockets.Add(peer);
        await peer.SendAsync(request.ToBytes(_server.Address, Id));
        return peer;
    }

    /// <summary>Opens a WebSocket that the session may move to.</summary>
    public async Task<RawPeer> DialAsync()
    {
        var webSocket = await SendAsync(HttpRequest.Upgrade);
        Assert.Equal(101, (await webSocket.ReadResponseAsync("GET")).Status);
        return webSocket;
    }

    /// <summary>Opens a WebSocket that the session may move to, and proves it.</summary>
    public async Task<RawPeer> ProbeAsync()
    {
        var webSocket = await DialAsync();
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", await webSocket.ReadTextAsync());
        return webSocket;
    }

    /// <summary>Opens a WebSocket and moves the session there.</summary>
    public async Task<RawPeer> UpgradeAsync()
    {
        var webSocket = await ProbeAsync();
        await webSocket.SendTextAsync("5");
        await webSocket.AssertEchoAsync("here");
        return webSocket;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in (RawPeer[])[_gets, _posts, .. _webSockets])
        {
            await peer.DisposeAsync();
        }
    }
}
