using TypedSockets.Client;

namespace TypedSockets.Testing;

/// <summary>A client of a <see cref="TypedSocketsTestHost"/>: a <see cref="TypedSocket"/> as in production, on a link of its own. Safe for concurrent use.</summary>
public class TestClient : IAsyncDisposable
{
    private readonly TypedSocketsTestHost _host;
    private readonly string _name;
    private bool _isDisposed;

    internal TestClient(TypedSocketsTestHost host, TestClientOptions? options, string name)
    {
        options ??= new TestClientOptions();
        _host = host;
        _name = name;
        Link = new TestLink(host.Traffic);
        ServerLifecycle = new LifecycleRecording($"The server's end of {name}", () => host.Patience);
        Socket = new TypedSocket(new InMemoryDialer(host, options, Link, ServerLifecycle), options.Socket with { TimeProvider = host.Time });
        Lifecycle = new LifecycleRecording(name, () => host.Patience);
        Socket.Lifecycle.Subscribe(Lifecycle.Add);
    }

    /// <summary>The client itself.</summary>
    public TypedSocket Socket { get; }

    /// <summary>The network between this client and the server.</summary>
    public TestLink Link { get; }

    /// <summary>What this client has seen of its connection, as <see cref="ConnectionLifecycle"/> tells it.</summary>
    public LifecycleRecording Lifecycle { get; }

    /// <summary>
    /// What the server has seen of this client: <see cref="Connected"/> and <see cref="NamespaceDisconnected"/> for each namespace, <see cref="HeartbeatLate"/>,
    /// <see cref="EventRefused"/>, <see cref="HandlerFailed"/> for what its hubs threw, and <see cref="Disconnected"/> for the session. Its hubs' <c>OnDisconnected</c> may still be
    /// running then.
    /// </summary>
    public LifecycleRecording ServerLifecycle { get; }

    /// <summary>Connects what has been opened on <see cref="Socket"/>.</summary>
    /// <exception cref="DisconnectedException">The server refuses it.</exception>
    /// <exception cref="TimeoutException">It has not connected within the host's patience; the message says what it saw.</exception>
    public async Task ConnectAsync()
    {
        try
        {
            await Socket.ConnectAsync().WaitAsync(_host.Patience).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{_name} has not connected within {_host.Patience.TotalSeconds:0.###} s; it saw {Lifecycle.Describe(0)}.", exception);
        }
    }

    /// <summary>Restores the link, says goodbye, and disposes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        GC.SuppressFinalize(this);
        Link.Restore();
        var closing = Socket.DisposeAsync().AsTask();
        // A server whose handlers keep it from reading hears no goodbye, and the time in which it would have to stands still.
        await _host.SettleAsync().ConfigureAwait(false);
        Link.Cut();
        await closing.ConfigureAwait(false);
    }
}

/// <summary>A client that has one contract open.</summary>
/// <typeparam name="TServer">The events that the hub handles.</typeparam>
public sealed class TestClient<TServer> : TestClient
    where TServer : class
{
    internal TestClient(TypedSocketsTestHost host, TestClientOptions? options, string name, Func<TypedSocket, TServer> open) : base(host, options, name) => Server = open(Socket);

    /// <summary>The proxy: calls the hub.</summary>
    public TServer Server { get; }
}
