using System.Diagnostics;
using System.Text;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Load.Sockets;

namespace TypedSockets.Benchmarks.Load;

/// <summary>
/// The load generator: one thread and many sockets, with one recv for each readable socket and as few sends as the workload allows. Everything that a server sends is parsed.
/// </summary>
internal sealed unsafe class LoadLoop(Dialect dialect, int port) : IDisposable
{
    private const int MaxWaitMilliseconds = 100;
    private static readonly TimeSpan s_stallLimit = TimeSpan.FromSeconds(15);

    private readonly EventPoll _poll = new();
    private readonly UpgradeHandshake _upgrade = new(dialect.RequestTarget, port);
    private readonly List<LoadConnection> _connections = [];
    private byte[] _buffer = new byte[256 * 1024];
    private LoadDriver? _driver;
    private bool _active;

    public IReadOnlyList<LoadConnection> Connections => _connections;

    /// <summary>How many connections are open.</summary>
    public int OpenCount { get; private set; }

    /// <summary>Opens more connections, with <paramref name="inFlight"/> handshakes at a time.</summary>
    public void Open(int count, int inFlight)
    {
        var target = _connections.Count + count;
        Run(driver: null, _ =>
        {
            while (_connections.Count < target && _connections.Count - OpenCount < inFlight)
            {
                Connect();
            }

            return OpenCount < target;
        });
    }

    /// <summary>
    /// Hands what arrives to <paramref name="driver"/> until <paramref name="turn"/>, which is called with the time after each batch of events, returns false.
    /// </summary>
    /// <param name="driver">Takes replies and deliveries; null while none may come.</param>
    /// <param name="turn">Whether to go on.</param>
    public void Run(LoadDriver? driver, Func<long, bool> turn)
    {
        _driver = driver;
        var lastActive = Stopwatch.GetTimestamp();
        for (var now = lastActive; turn(now); now = Stopwatch.GetTimestamp())
        {
            var ready = _poll.Wait(Math.Min(driver?.Turn(now) ?? MaxWaitMilliseconds, MaxWaitMilliseconds));
            for (var i = 0; i < ready; i++)
            {
                Handle(_poll.Ready(i));
            }

            if (_active)
            {
                _active = false;
                lastActive = now;
            }
            else if (Stopwatch.GetElapsedTime(lastActive, now) > s_stallLimit)
            {
                throw new LoadException($"Nothing was sent or received for {s_stallLimit.TotalSeconds} s; {driver?.Missing ?? $"{_connections.Count - OpenCount} handshakes"} missing.");
            }
        }
    }

    /// <summary>Resets every connection.</summary>
    public void CloseAll()
    {
        foreach (var connection in _connections)
        {
            connection.Reset();
        }

        _connections.Clear();
        OpenCount = 0;
    }

    public void Dispose()
    {
        CloseAll();
        _poll.Dispose();
    }

    private void Connect()
    {
        // Blocking, because over loopback it is done within the call; all later calls say that they do not wait.
        var descriptor = Posix.Check(Posix.Socket(Posix.InternetFamily, Posix.StreamSocket | Posix.CloseOnExec, 0), "socket");
        var connection = new LoadConnection(_poll, descriptor, _connections.Count);
        _connections.Add(connection);
        var address = Posix.InternetAddress.Loopback(port);
        _ = Posix.Check(Posix.Connect(descriptor, &address, (uint)sizeof(Posix.InternetAddress)), "connect");
        var noDelay = 1;
        _ = Posix.Check(Posix.SetSocketOption(descriptor, Posix.TcpLevel, Posix.TcpNoDelay, &noDelay, sizeof(int)), "setsockopt");
        _poll.Watch(descriptor, connection.Key);
        connection.Send(_upgrade.Request);
    }

    private void Handle((int Key, bool Readable, bool Writable) ready)
    {
        var connection = _connections[ready.Key];
        _active = true;
        if (ready.Readable)
        {
            Read(connection);
        }

        if (ready.Writable && connection.FlushBacklog() && connection.WritableWanted)
        {
            _driver?.Writable(connection);
        }
    }

    private void Read(LoadConnection connection)
    {
        var length = connection.Receive(ref _buffer);
        if (length < 0)
        {
            throw new LoadException($"The server closed connection {connection.Index} in state {connection.State}.");
        }

        var now = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> rest = _buffer.AsSpan(0, length);
        if (connection.State == LoadConnectionState.Upgrading && _upgrade.TryReadResponse(ref rest))
        {
            connection.State = LoadConnectionState.Greeting;
            Handle(connection, new Incoming(dialect.AfterUpgrade), now);
        }

        if (connection.State != LoadConnectionState.Upgrading)
        {
            while (ServerFrame.TryRead(ref rest, out var frame))
            {
                Handle(connection, frame, now);
            }
        }

        connection.Keep(rest);
        _driver?.ReadEnded(connection);
    }

    private void Handle(LoadConnection connection, in ServerFrame frame, long now)
    {
        switch (frame.Opcode)
        {
            case Opcode.Close:
                throw new LoadException(
                    $"The server closed connection {connection.Index} with '{(frame.Payload.Length > 2 ? Encoding.UTF8.GetString(frame.Payload[2..]) : "")}'.");
            case Opcode.Ping:
                connection.Send(MaskedFrame.Build(Opcode.Pong, frame.Payload));
                return;
            case Opcode.Pong:
                return;
        }

        if (!connection.TryComplete(frame, out var opcode, out var message))
        {
            return;
        }

        while (dialect.TryRead(opcode, ref message, out var incoming))
        {
            Handle(connection, incoming, now);
        }
    }

    private void Handle(LoadConnection connection, in Incoming incoming, long now)
    {
        switch (incoming.Kind)
        {
            case IncomingKind.Reply or IncomingKind.Delivery when _driver is not null:
                _driver.Received(connection, incoming, now);
                return;
            case IncomingKind.GreetingDue when connection.State == LoadConnectionState.Greeting:
                connection.Send(dialect.Greeting);
                return;
            case IncomingKind.Opened when connection.State == LoadConnectionState.Greeting:
                connection.State = LoadConnectionState.Open;
                OpenCount++;
                return;
            case IncomingKind.Heartbeat:
                connection.Send(dialect.HeartbeatAnswer);
                return;
            case IncomingKind.Ignored:
                return;
            default:
                throw new LoadException($"Connection {connection.Index} got '{incoming.Kind}' unasked, in state {connection.State}.");
        }
    }
}
