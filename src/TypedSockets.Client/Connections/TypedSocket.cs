using TypedSockets.Client.Filters;
using TypedSockets.Client.Namespaces;
using TypedSockets.Client.Reconnection;
using TypedSockets.Client.Transports;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Client;

/// <summary>
/// A connection to a TypedSockets server: open contracts on it, connect, and call the server through the proxies. It comes back by itself when it is lost. Safe for concurrent use.
/// </summary>
public sealed class TypedSocket : IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    private readonly TypedSocketOptions _options;
    private readonly FallbackDialer _dialer;
    private readonly TimingWheel _wheel;
    private readonly ClientFilters? _filters;
    private readonly Lock _gate = new();
    private readonly List<ClientNamespace> _namespaces = [];
    private ConnectionLoop? _loop;
    private bool _isDisposed;

    /// <summary>Prepares a connection; nothing is sent before <see cref="ConnectAsync"/>.</summary>
    /// <param name="address">The server, such as <c>https://chat.example</c>. A query is kept; the path is <see cref="TypedSocketOptions.Path"/>'s.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <exception cref="UriFormatException">The address is not one.</exception>
    /// <exception cref="ArgumentException">The address is not http, https, ws or wss.</exception>
    public TypedSocket(string address, TypedSocketOptions? options = null) : this(new Uri(address, UriKind.Absolute), options)
    {
    }

    /// <inheritdoc cref="TypedSocket(string, TypedSocketOptions)"/>
    public TypedSocket(Uri address, TypedSocketOptions? options = null)
        : this(options ?? new TypedSocketOptions(), (options, lifecycle) => new FallbackDialer(address ?? throw new ArgumentNullException(nameof(address)), options, lifecycle))
    {
    }

    /// <summary>Connects through another way than HTTP.</summary>
    internal TypedSocket(ITransportDialer dialer, TypedSocketOptions options) : this(options, (options, lifecycle) => new FallbackDialer([dialer], options, lifecycle))
    {
    }

    private TypedSocket(TypedSocketOptions options, Func<TypedSocketOptions, ConnectionLifecycle, FallbackDialer> createDialer)
    {
        _options = options;
        _filters = options.Filters.Count == 0 ? null : new ClientFilters(options.Filters);
        Lifecycle = new ConnectionLifecycle(options.CallbackContext);
        _dialer = createDialer(options, Lifecycle);
        _wheel = new TimingWheel(options.TimeProvider, s_tick);
    }

    /// <summary>What happens to the connection.</summary>
    public ConnectionLifecycle Lifecycle { get; }

    /// <summary>Where the connection is at this moment.</summary>
    public ConnectionState State
    {
        get
        {
            lock (_gate)
            {
                return _loop?.State ?? ConnectionState.Disconnected;
            }
        }
    }

    /// <summary>What the WebSocket's handshake agreed on: subprotocol and extensions; null on another transport, and while there is no connection.</summary>
    public WebSocketAgreement? WebSocket
    {
        get
        {
            lock (_gate)
            {
                return _loop?.Transport?.Agreement;
            }
        }
    }

    /// <summary>What carries the packets at this moment; null while there is no connection.</summary>
    public TransportKind? Transport
    {
        get
        {
            lock (_gate)
            {
                return _loop?.Transport?.Kind;
            }
        }
    }

    /// <summary>Opens a contract on this connection: connects its client events to a handler, and returns what calls the server.</summary>
    /// <typeparam name="TServer">The events that the server handles.</typeparam>
    /// <typeparam name="TClient">The events that this client handles.</typeparam>
    /// <param name="contract">The contract, such as <c>IChatServer.Contract</c>.</param>
    /// <param name="handler">Handles the client events, one at a time.</param>
    /// <returns>The proxy; usable across reconnections. Its calls throw <see cref="NotConnectedException"/> while there is no connection.</returns>
    /// <exception cref="InvalidOperationException">The socket connects already, or has this namespace open.</exception>
    public TServer Open<TServer, TClient>(Contract<TServer, TClient> contract, TClient handler)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        => OpenNamespace(contract, handler, null);

    /// <summary>Opens a contract whose clients say who they are; otherwise as <see cref="Open{TServer, TClient}"/>.</summary>
    /// <typeparam name="TServer">The events that the server handles.</typeparam>
    /// <typeparam name="TClient">The events that this client handles.</typeparam>
    /// <typeparam name="TAuth">What a client says about itself.</typeparam>
    /// <param name="contract">The contract, such as <c>IChatServer.Contract</c>.</param>
    /// <param name="handler">Handles the client events, one at a time.</param>
    /// <param name="auth">
    /// Returns what this client says about itself, or null for nothing; asked before each try to connect. It never stands in an address. What it throws ends the try as
    /// <see cref="TransportError"/>.
    /// </param>
    /// <inheritdoc cref="Open{TServer, TClient}" path="/returns"/>
    /// <exception cref="InvalidOperationException">The socket connects already, or has this namespace open.</exception>
    public TServer Open<TServer, TClient, TAuth>(AuthenticatedContract<TServer, TClient, TAuth> contract, TClient handler, Func<CancellationToken, ValueTask<TAuth?>> auth)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
        where TAuth : class
    {
        ArgumentNullException.ThrowIfNull(auth);
        return OpenNamespace(contract, handler, async cancellationToken => await auth(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Opens a namespace without a contract; or, when a contract has it open on this socket, what the contract does not have. The whole connection then speaks Socket.IO, to
    /// TypedSockets servers too. A second call for one namespace returns the same object.
    /// </summary>
    /// <param name="namespace">The namespace, such as <c>/custom</c>; <c>/</c> for the main one.</param>
    /// <exception cref="ArgumentException">The namespace does not begin with a slash, or has a comma or a question mark.</exception>
    /// <exception cref="InvalidOperationException">The socket connects already.</exception>
    public DynamicNamespace OpenDynamic(string @namespace)
    {
        ArgumentNullException.ThrowIfNull(@namespace);
        var name = new SocketIONamespace(@namespace).Name;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_loop is not null)
            {
                throw new InvalidOperationException($"Namespace '{name}' cannot be opened: the socket is '{_loop.State}'. Open namespaces before ConnectAsync.");
            }

            var opened = _namespaces.Find(other => other.Shape.Namespace == name);
            if (opened is null)
            {
                _namespaces.Add(opened = new ClientNamespace(new ContractShape(name, name, 0, [], []), null, null, _filters));
            }

            return opened.Dynamic ??= new DynamicNamespace(name, _filters is null ? opened : new FilteringSender(opened, opened, _filters));
        }
    }

    /// <summary>
    /// Connects; completes when every opened contract is connected. Unless reconnection is off, tries again until that is so. When it is connected or connecting already, waits for that.
    /// When the server refuses some contracts and not all, fails and leaves the others connected.
    /// </summary>
    /// <param name="cancellationToken">Gives up, and leaves the socket disconnected.</param>
    /// <exception cref="DisconnectedException">The connection cannot be made, and trying again is off or cannot help.</exception>
    /// <exception cref="InvalidOperationException">No contract is open.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ConnectionLoop loop;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_namespaces.Count == 0)
            {
                throw new InvalidOperationException("There is nothing to connect: open a contract first, such as socket.Open(IChatServer.Contract, handler).");
            }

            loop = _loop ??= new ConnectionLoop(_options, _dialer, _wheel, _namespaces, Lifecycle, OnLoopEnded);
        }

        try
        {
            await loop.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CloseAsync(loop).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes the connection by hand: says goodbye and does not come back. Does nothing when there is none. The socket can connect again afterwards.</summary>
    public Task CloseAsync()
    {
        ConnectionLoop? loop;
        lock (_gate)
        {
            loop = _loop;
        }

        return loop is null ? Task.CompletedTask : CloseAsync(loop);
    }

    /// <summary>Closes the connection and releases what the socket holds.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        await CloseAsync().ConfigureAwait(false);
        _dialer.Dispose();
        _wheel.Dispose();
    }

    /// <summary>Opens a contract whose handler is made later, perhaps with the help of the proxy.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="auth">Returns what this client says about itself; null where it says nothing.</param>
    /// <param name="attach">Connects the handler; to be called before the socket connects.</param>
    internal TServer OpenWithoutHandler<TServer, TClient>(Contract<TServer, TClient> contract, Func<CancellationToken, ValueTask<object?>>? auth, out Action<TClient> attach)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
    {
        ArgumentNullException.ThrowIfNull(contract);
        var opened = new ClientNamespace(contract.Shape, contract.Authentication, auth, _filters);
        attach = handler =>
        {
            var dispatcher = contract.CreateClientDispatcher(handler);
            if (_filters is not null)
            {
                dispatcher.Interceptor = new ClientInterceptor(_filters, contract.Shape);
            }

            opened.Dispatcher = dispatcher;
        };
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_loop is not null)
            {
                throw new InvalidOperationException($"Contract '{opened.Shape.Name}' cannot be opened: the socket is '{_loop.State}'. Open contracts before ConnectAsync.");
            }

            if (_namespaces.Exists(other => other.Shape.Namespace == opened.Shape.Namespace))
            {
                throw new InvalidOperationException($"Contract '{opened.Shape.Name}' cannot be opened: namespace '{opened.Shape.Namespace}' is open on this socket.");
            }

            _namespaces.Add(opened);
        }

        return contract.CreateServerProxy(_filters is null ? opened : new FilteringSender(opened, opened, _filters));
    }

    private TServer OpenNamespace<TServer, TClient>(Contract<TServer, TClient> contract, TClient handler, Func<CancellationToken, ValueTask<object?>>? auth)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents
    {
        ArgumentNullException.ThrowIfNull(handler);
        var proxy = OpenWithoutHandler(contract, auth, out var attach);
        attach(handler);
        return proxy;
    }

    private void OnLoopEnded()
    {
        lock (_gate)
        {
            _loop = null;
        }
    }

    private static Task CloseAsync(ConnectionLoop loop)
    {
        loop.Close();
        return loop.Ended;
    }
}
