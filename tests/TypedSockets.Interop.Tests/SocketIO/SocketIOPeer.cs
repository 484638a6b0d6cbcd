using System.Text.Json;
using TypedSockets.Interop.Tests.Programs;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>Socket.IO's own client or server (node/socket-client.mjs, node/socket-server.mjs), told what to do line by line. What it says is waited for by kind; other lines are kept for later.</summary>
internal sealed class SocketIOPeer : IAsyncDisposable
{
    private const string Peer = "/peer";

    private readonly NodeProgram _program;
    private readonly List<JsonElement> _kept = [];

    private SocketIOPeer(NodeProgram program) => _program = program;

    public NodeProgram Program => _program;

    /// <summary>Where a server listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<SocketIOPeer> StartAsync(string script, params string[] arguments)
    {
        var peer = new SocketIOPeer(NodeProgram.Start(script, arguments));
        var ready = await peer.NextAsync("ready");
        if (ready.TryGetProperty("port", out var port))
        {
            peer.Address = new Uri($"http://127.0.0.1:{port.GetInt32()}");
        }

        return peer;
    }

    /// <summary>Starts a client.</summary>
    /// <param name="address">The server.</param>
    /// <param name="way">Its transports in order, and behind a blank what else it is told.</param>
    public static Task<SocketIOPeer> StartClientAsync(Uri address, string way) => StartAsync("socket-client.mjs", [$"--url={address}", .. $"--transports={way}".Split(' ')]);

    /// <summary>Starts a client and joins a namespace; returns the id of its connection once it is where its transports lead.</summary>
    public static async Task<(SocketIOPeer Client, string Id)> ConnectAsync(Uri address, string way, string @namespace = Peer)
    {
        var client = await StartClientAsync(address, way);
        var id = await client.JoinAsync(@namespace);
        if (way.StartsWith("polling,websocket", StringComparison.Ordinal))
        {
            await client.NextAsync("upgrade");
        }

        return (client, id);
    }

    public async Task<string> JoinAsync(string @namespace)
    {
        await TellAsync(new { op = "connect", nsp = @namespace });
        return (await NextAsync("connect")).GetProperty("id").GetString()!;
    }

    public Task TellAsync(object command) => _program.TellAsync(command);

    public Task EmitAsync(string name, params object?[] args) => TellAsync(new { op = "emit", nsp = Peer, name, args });

    /// <summary>Emits with an acknowledgement, and returns what came as JSON.</summary>
    public async Task<string> AskAsync(string name, params object?[] args)
    {
        await TellAsync(new { op = "ask", nsp = Peer, name, args });
        return (await NextAsync("answer")).TryGetProperty("value", out var value) ? value.GetRawText() : "undefined";
    }

    /// <summary>The arguments of the next event of this name, as JSON.</summary>
    public async Task<string> ReceiveAsync(string name)
    {
        var received = await NextAsync("received");
        Assert.Equal(name, received.GetProperty("name").GetString());
        return received.GetProperty("args").GetRawText();
    }

    /// <summary>The next line of this kind.</summary>
    public async Task<JsonElement> NextAsync(string kind)
    {
        if (_kept.FindIndex(line => line.GetProperty("event").GetString() == kind) is var index and >= 0)
        {
            var kept = _kept[index];
            _kept.RemoveAt(index);
            return kept;
        }

        while (true)
        {
            JsonElement line;
            try
            {
                line = await _program.ReadAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException($"The program ended where '{kind}' was expected.");
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"'{kind}' did not come. What came: {string.Join(" ", _kept)}");
            }

            if (line.GetProperty("event").GetString() == kind)
            {
                return line;
            }

            _kept.Add(line);
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
