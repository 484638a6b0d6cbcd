using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Client;
using TypedSockets.Lifecycle.Tests.Network;
using TypedSockets.Protocol.Connections;
using TypedSockets.Server;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>One server, one client and the network between them, for one scenario on one transport.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_processHeartbeat = TimeSpan.FromSeconds(3);

    private readonly Scenario _scenario;
    private readonly ServerLog _log = new();
    private readonly Stack<IAsyncDisposable> _resources = new();
    private PlayServer? _server;
    private PlayPeer? _client;
    private Task _connecting = Task.CompletedTask;
    private Disconnected? _ended;

    private Stage(Scenario scenario, Way way)
    {
        _scenario = scenario;
        Way = way;
    }

    public Way Way { get; }

    public PlayServer Server => _server!;

    public PlayPeer Client => _client!;

    public FaultyNetwork Network { get; private set; } = null!;

    /// <summary>The end that runs in a process of its own.</summary>
    public PeerProcess Process { get; private set; } = null!;

    /// <summary>The server's end of the session.</summary>
    public Connection Session { get; private set; } = null!;

    public string ConnectionId { get; private set; } = "";

    public ServerLog Log => _log;

    public static async Task<Observation> RunAsync(Scenario scenario, Way way)
    {
        await using var stage = new Stage(scenario, way);
        await stage.SetAsync();
        await scenario.DoAsync(stage).WaitAsync(Patience);
        var observation = await stage.ObserveAsync();
        await stage.ClearAsync();
        return observation;
    }

    /// <summary>Runs something else than the end of a session.</summary>
    public static async Task<T> RunAsync<T>(Scenario scenario, Way way, Func<Stage, Task<T>> observe)
    {
        await using var stage = new Stage(scenario, way);
        await stage.SetAsync();
        await scenario.DoAsync(stage).WaitAsync(Patience);
        var observation = await observe(stage).WaitAsync(Patience);
        await stage.ClearAsync();
        return observation;
    }

    /// <summary>Sends a packet that the client would never send.</summary>
    public void SendAsClient(string packet) => Internals.Connection(Client.Socket).Transport.SendText(System.Text.Encoding.UTF8.GetBytes(packet));

    /// <summary>Sends a packet that the server would never send.</summary>
    public void SendAsServer(string packet) => Session.Transport.SendText(System.Text.Encoding.UTF8.GetBytes(packet));

    /// <summary>The scenario has seen the client's end itself.</summary>
    public void Ended(Disconnected ended) => _ended = ended;

    /// <summary>Another client of the same server, not through the network.</summary>
    public async Task<PlayPeer> ConnectBystanderAsync()
    {
        var peer = Keep(new PlayPeer(Server.Address));
        await peer.Socket.ConnectAsync().WaitAsync(Patience);
        return peer;
    }

    /// <summary>The first session there is is the one that it is about.</summary>
    public void TakeSession() => Session ??= Internals.Sessions(Server).Values.Single();

    public T Keep<T>(T resource) where T : IAsyncDisposable
    {
        _resources.Push(resource);
        return resource;
    }

    public async Task<PlayServer> StartServerAsync()
    {
        var server = await PlayServer.StartAsync(
            options =>
            {
                options.CloseTimeout = Patience;
                _scenario.Server(options);
                _scenario.Prepare(options, Way);
            },
            configureServices: services =>
            {
                services.AddSingleton<ILoggerProvider>(_log).Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Debug);
                _scenario.Serve(services.AddTypedSockets());
            });
        return Keep(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        try
        {
            await _connecting;
        }
        catch (Exception exception) when (exception is DisconnectedException or OperationCanceledException)
        {
            // The scenario is about just that.
        }

        foreach (var resource in _resources)
        {
            await resource.DisposeAsync();
        }
    }

    private async Task SetAsync()
    {
        if (_scenario.InProcess is Sides.Server)
        {
            Process = Keep(await PeerProcess.StartAsync("server", s_processHeartbeat.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Network = Keep(new FaultyNetwork(new Uri(Process.Ready)));
        }
        else
        {
            _server = await StartServerAsync();
            _server.Log.OnConnected = TakeSession;
            Network = Keep(new FaultyNetwork(new Uri(_server.Address)));
        }

        await StartClientAsync();
        if (_server is not null && Way is Way.Polling && _scenario.Before is Progress.Connected)
        {
            // Between two GETs there is nothing that could be cut, and nothing that a goodbye could answer.
            await Eventually(() => Internals.IsGetHeld(Session), "GET held");
        }
    }

    private async Task StartClientAsync()
    {
        if (_scenario.InProcess is Sides.Client)
        {
            Process = Keep(await PeerProcess.StartAsync(["client", Network.Address, .. Way.Transports().Select(transport => transport.ToString())]));
            ConnectionId = Process.Ready;
        }
        else
        {
            await SetClientAsync();
        }

    }

    private async Task SetClientAsync()
    {
        // An hour: coming back is what the client says it will do, and no part of what is seen here.
        var options = new TypedSocketOptions { Transports = Way.Transports(), CloseTimeout = Patience, Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) } };
        _client = new PlayPeer(Network.Address, _scenario.Client(options));
        _scenario.Open(_client.Socket);
        if (_scenario.Before is Progress.Nothing)
        {
            return;
        }

        Connect();
        if (_scenario.Before is Progress.Connected)
        {
            ConnectionId = (await _client.NextAsync<Connected>()).ConnectionId;
            await _connecting.WaitAsync(Patience);
        }

        if (Way is Way.Upgraded)
        {
            await _client.NextAsync<Upgraded>();
        }

        if (_scenario.Before is Progress.Connected)
        {
            // Both ends have read what the other has sent: the kernel of a process that is killed resets a connection with bytes that nobody has read.
            await _client.Server.WhoAmI();
        }

        if (_scenario.Before is Progress.Opened)
        {
            await Eventually(() => Internals.Sessions(Server).Count == 1, "session");
            TakeSession();
        }

        if (_server is not null && Way is Way.Upgraded)
        {
            await Eventually(() => Session.Transport.Kind is TransportKind.WebSocket, "server's upgrade");
        }
    }

    /// <summary>Begins to connect; how it ends is seen by the client.</summary>
    public void Connect() => _connecting = Client.Socket.ConnectAsync();

    private async Task<Observation> ObserveAsync()
    {
        var client = _scenario.SeenBy.HasFlag(Sides.Client) ? _ended ?? await Client.NextAsync<Disconnected>() : null;
        if (!_scenario.SeenBy.HasFlag(Sides.Server))
        {
            return new Observation(client?.Reason, client?.WillReconnect, null);
        }

        await Eventually(() => Session is not null, "session");
        await Session.Completion.WaitAsync(Patience);
        if (ConnectionId.Length > 0)
        {
            // What the session ended with is what the hub was told.
            Assert.Equal(Session.Reason, await Server.Log.WaitForEndAsync(ConnectionId));
        }

        return new Observation(client?.Reason, client?.WillReconnect, Session.Reason);
    }

    /// <summary>Ends the client and looks for what was left behind.</summary>
    private async Task ClearAsync()
    {
        Network.Release();
        Network.Reset();
        if (_client is not null)
        {
            await _client.DisposeAsync();
            await Eventually(() => Internals.Wheel(_client.Socket).Count == 0, "deadline of the client removed");
        }

        if (_server is not null)
        {
            await Eventually(() => Internals.Sessions(_server).Count <= _resources.OfType<PlayPeer>().Count(), "session of the server removed");
            await Eventually(() => Internals.Wheel(_server).Count <= _resources.OfType<PlayPeer>().Count(), "deadline of the server removed");
            Assert.Equal(_scenario.TellsOperator, _log.Errors.Any());
        }
    }

    public static async Task Eventually(Func<bool> condition, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, $"Waited in vain: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
