using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TypedSockets.Testing;

/// <summary>
/// A TypedSockets server in memory, with its services, hubs and hosted services as in production, and clients that connect to it without a socket. Sessions, codecs, channels, hubs and
/// the clients' reconnection are those of production; what belongs to HTTP is not there: origins, cookies, HTTP long-polling, upgrades, authentication handlers. Time stands still until
/// the test moves it. Safe for concurrent use, but for moving the time, which one caller does at a time.
/// </summary>
public sealed class TypedSocketsTestHost : IAsyncDisposable
{
    private const int Turns = 20;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    private readonly IHost _host;
    private readonly Lock _gate = new();
    private readonly List<TestClient> _clients = [];
    private Task<InMemoryServer>? _server;

    private TypedSocketsTestHost(IHost host, ManualTime time)
    {
        _host = host;
        Time = time;
    }

    /// <summary>The clock of both ends: heartbeats, timeouts, and the delays between tries to connect.</summary>
    public ManualTime Time { get; }

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>How long anything that is waited for may take in real time before the wait fails. Default 30 seconds; positive.</summary>
    public TimeSpan Patience
    {
        get;
        set => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Patience must be positive.");
    } = TimeSpan.FromSeconds(30);

    internal Traffic Traffic { get; } = new();

    /// <summary>Makes a host. It starts with the first client that connects, or with <see cref="StartAsync"/>.</summary>
    /// <param name="configure">
    /// Adds the services of the application: <c>services => services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy&lt;ChatHub&gt;())</c>. The <see cref="TimeProvider"/> is
    /// <see cref="Time"/>, whatever is added here.
    /// </param>
    public static TypedSocketsTestHost Create(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var time = new ManualTime();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IHostLifetime, TestHostLifetime>();
        return new TypedSocketsTestHost(builder.Build(), time);
    }

    /// <summary>Starts the host, if it has not been: validates its options and starts its hosted services.</summary>
    /// <exception cref="InvalidOperationException"><c>AddTypedSockets</c> was not called, or the hubs contradict each other.</exception>
    public Task StartAsync() => GetServerAsync(CancellationToken.None);

    /// <summary>
    /// Stops the host in order: clients are told <see cref="ServerShuttingDown"/>, after the handlers that run have finished or <c>DrainTimeout</c> has passed, on <see cref="Time"/>.
    /// </summary>
    public async Task StopAsync()
    {
        await StartAsync().ConfigureAwait(false);
        await _host.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Makes a client that has opened nothing and is not connected; use its <see cref="TestClient.Socket"/>.</summary>
    /// <param name="options">Who it is and how it connects; null for somebody who has not signed in.</param>
    public TestClient CreateClient(TestClientOptions? options = null) => Add(name => new TestClient(this, options, name));

    /// <summary>Makes a client, opens a contract on it, and connects it.</summary>
    /// <typeparam name="TServer">The events that the hub handles.</typeparam>
    /// <typeparam name="TClient">The events that the client handles.</typeparam>
    /// <param name="contract">The contract, such as <c>IChatServer.Contract</c>.</param>
    /// <param name="handler">Handles what the hub sends.</param>
    /// <param name="options">Who the client is and how it connects; null for somebody who has not signed in.</param>
    /// <returns>The client, connected. The host disposes it when the test does not.</returns>
    /// <exception cref="DisconnectedException">The server refuses it.</exception>
    /// <exception cref="TimeoutException">It has not connected within <see cref="Patience"/>; the message says what it saw.</exception>
    public Task<TestClient<TServer>> ConnectAsync<TServer, TClient>(Contract<TServer, TClient> contract, TClient handler, TestClientOptions? options = null)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        => ConnectAsync(socket => socket.Open(contract, handler), options);

    /// <summary>Does the same for a contract whose clients say who they are.</summary>
    /// <typeparam name="TServer">The events that the hub handles.</typeparam>
    /// <typeparam name="TClient">The events that the client handles.</typeparam>
    /// <typeparam name="TAuth">What a client says about itself.</typeparam>
    /// <param name="contract">The contract, such as <c>IChatServer.Contract</c>.</param>
    /// <param name="handler">Handles what the hub sends.</param>
    /// <param name="auth">What this client says about itself; null for nothing.</param>
    /// <param name="options">Who the client is and how it connects; null for somebody who has not signed in.</param>
    /// <inheritdoc cref="ConnectAsync{TServer, TClient}" path="/returns"/>
    /// <exception cref="DisconnectedException">The server refuses it.</exception>
    /// <exception cref="TimeoutException">It has not connected within <see cref="Patience"/>; the message says what it saw.</exception>
    public Task<TestClient<TServer>> ConnectAsync<TServer, TClient, TAuth>(AuthenticatedContract<TServer, TClient, TAuth> contract, TClient handler, TAuth? auth, TestClientOptions? options = null)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        where TAuth : class
        => ConnectAsync(socket => socket.Open(contract, handler, _ => new ValueTask<TAuth?>(auth)), options);

    /// <summary>
    /// Lets time pass while packets travel: moves <see cref="Time"/> from one timer to the next, and goes on when everything that one has sent has been received. So a ping is answered
    /// in time, however far the clock is moved at once.
    /// </summary>
    /// <param name="time">How far; not negative.</param>
    /// <inheritdoc cref="SettleAsync" path="/exception"/>
    public async Task AdvanceAsync(TimeSpan time)
    {
        var end = Time.EndOf(time);
        await SettleAsync().ConfigureAwait(false);
        while (Time.Elapsed < end)
        {
            // In steps, whatever timers there are: one may just be being set again, by somebody whom the last has woken.
            var step = Time.Elapsed + s_step;
            await BreatheAsync().ConfigureAwait(false);
            while (Time.RunNext(step < end ? step : end))
            {
                await SettleAsync().ConfigureAwait(false);
            }
        }

        await SettleAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Completes when everything that was sent on every link has been received and handed to its handler. What is held or frozen is not waited for, nor is what a handler does once it
    /// has awaited something.
    /// </summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Patience"/>: a handler blocks, or both ends never stop sending.</exception>
    public async Task SettleAsync()
    {
        try
        {
            await Traffic.WhenIdleAsync().WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Packets were still being handed on after {Patience.TotalSeconds:0.###} s: a handler blocks, or both ends never stop sending.", exception);
        }
    }

    // What goes on behind an await, such as a client that connects again, has its turn on a busy machine too.
    private static async Task BreatheAsync()
    {
        for (var turn = 0; turn < Turns && ThreadPool.PendingWorkItemCount > 0; turn++)
        {
            await Task.Yield();
        }
    }

    /// <summary>Disposes every client, ends every session, and disposes the services.</summary>
    public async ValueTask DisposeAsync()
    {
        TestClient[] clients;
        Task<InMemoryServer>? server;
        lock (_gate)
        {
            (clients, server) = ([.. _clients], _server);
        }

        foreach (var client in clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }

        if (server is { IsCompletedSuccessfully: true })
        {
            await (await server.ConfigureAwait(false)).EndAsync().WaitAsync(Patience).ConfigureAwait(false);
            await _host.StopAsync().ConfigureAwait(false);
        }

        await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
    }

    internal Task<InMemoryServer> GetServerAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _server ??= StartHostAsync();
            return _server.WaitAsync(cancellationToken);
        }
    }

    private async Task<InMemoryServer> StartHostAsync()
    {
        var server = new InMemoryServer(_host.Services);
        await _host.StartAsync().ConfigureAwait(false);
        return server;
    }

    private async Task<TestClient<TServer>> ConnectAsync<TServer>(Func<Client.TypedSocket, TServer> open, TestClientOptions? options)
        where TServer : class
    {
        await StartAsync().ConfigureAwait(false);
        var client = Add(name => new TestClient<TServer>(this, options, name, open));
        await client.ConnectAsync().ConfigureAwait(false);
        return client;
    }

    private T Add<T>(Func<string, T> create)
        where T : TestClient
    {
        lock (_gate)
        {
            var client = create($"Client {_clients.Count + 1}");
            _clients.Add(client);
            return client;
        }
    }
}
