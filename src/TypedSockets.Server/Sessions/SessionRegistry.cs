using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Observability;
using TypedSockets.Server.Handshake;
using TypedSockets.Server.Observability;

namespace TypedSockets.Server.Sessions;

/// <summary>The sessions of a server: admits them, times them, and ends them when the server stops. Safe for concurrent use.</summary>
internal sealed partial class SessionRegistry : IDisposable
{
    // Heartbeats are met late by at most this; with 100,000 sessions a tick still visits only a few hundred.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly int _maxConnections;
    private readonly TypedSocketServerOptions _options;
    private readonly CancellationTokenRegistration _stopping;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _drainTimer;
    private int _admitted;
    private int _isFull;
    private int _isDraining;

    public SessionRegistry(TypedSocketServerOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ServerMetrics metrics, ILogger logger)
    {
        _maxConnections = options.MaxConnections ?? OpenFileLimit.DefaultMaxSessions;
        _options = options;
        OpenPackets = new OpenPackets(options);
        Time = time;
        Wheel = new TimingWheel(time, s_tick);
        Logger = logger;
        EventInstruments = metrics.Events;
        Instruments = new SessionInstruments(metrics.Meter, Side.Server, () => _connections.Select(static session => session.Value));
        _stopping = lifetime.ApplicationStopping.Register(BeginDrain);
    }

    public TimeProvider Time { get; }

    public TimingWheel Wheel { get; }

    public ILogger Logger { get; }

    public OpenPackets OpenPackets { get; }

    public EventInstruments EventInstruments { get; }

    public SessionInstruments Instruments { get; }

    /// <summary>Who is told what happens to sessions; null for nobody. Set before the first session.</summary>
    public ISessionObserver? Observer { get; set; }

    /// <summary>How many sessions have a place.</summary>
    public int Count => Volatile.Read(ref _admitted);

    /// <summary>How many sessions may have one.</summary>
    public int MaxConnections => _maxConnections;

    /// <summary>Whether the server is shutting down, and admits nobody any more.</summary>
    public bool IsDraining => Volatile.Read(ref _isDraining) != 0;

    /// <summary>Reserves a place for one more session, which has it until its end; <see cref="Release"/> gives it back when there will be no session.</summary>
    public bool TryAdmit([NotNullWhen(false)] out HandshakeFailure? refusal)
    {
        refusal = null;
        if (IsDraining)
        {
            refusal = new HandshakeFailure(StatusCodes.Status503ServiceUnavailable, HandshakeFailure.Forbidden, "Service unavailable: the server is shutting down.")
            {
                RetryAfter = ChooseRetryAfter(),
                ErrorType = HandshakeFailure.ShuttingDown,
            };
        }
        else if (Interlocked.Increment(ref _admitted) > _maxConnections)
        {
            Release();
            refusal = new HandshakeFailure(StatusCodes.Status503ServiceUnavailable, HandshakeFailure.Forbidden, $"Service unavailable: {_maxConnections} sessions are open, which is the limit (MaxConnections).")
            {
                ErrorType = HandshakeFailure.LimitReached,
            };
            if (Interlocked.Exchange(ref _isFull, 1) == 0)
            {
                Log.LimitReached(Logger, _maxConnections);
            }
        }

        return refusal is null;
    }

    public void Release()
    {
        var left = Interlocked.Decrement(ref _admitted);
        if (left == 0 && IsDraining)
        {
            _drained.TrySetResult();
        }

        // Said once, and again when there was room meanwhile: a server at its limit refuses many.
        if (left <= _maxConnections - ((_maxConnections / 10) + 1))
        {
            Volatile.Write(ref _isFull, 0);
        }
    }

    /// <summary>Runs a session until its last transport has ended.</summary>
    /// <param name="sessionId">The session's id, which is known from before its first packet leaves.</param>
    /// <param name="connection">The session.</param>
    /// <param name="first">The client's first message, where it came with the handshake.</param>
    public Task RunAsync(string sessionId, Connection connection, ReadOnlyMemory<byte> first)
    {
        _connections.TryAdd(sessionId, connection);
        Instruments.HandshakeSucceeded(connection.Transport.Kind);
        var running = connection.RunAsync(first);
        if (IsDraining)
        {
            // It was admitted just before the server began to shut down, which may have missed it.
            connection.Close(CreateReason());
        }

        return running;
    }

    public bool TryFind(string sessionId, [NotNullWhen(true)] out Connection? connection) => _connections.TryGetValue(sessionId, out connection);

    /// <summary>The session's last transport has ended.</summary>
    public void Remove(string sessionId)
    {
        _connections.TryRemove(sessionId, out _);
        Release();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _drainTimer?.Dispose();
        Wheel.Dispose();
    }

    /// <summary>
    /// Begins to shut down, if that has not begun: nobody is admitted any more, and every session ends as soon as its handlers have finished, or after <c>DrainTimeout</c>. Completes
    /// when every session has said its goodbye, which takes <c>CloseTimeout</c> more at most.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; every session that is left is closed then.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        BeginDrain();
        await using (cancellationToken.UnsafeRegister(static sessions => ((SessionRegistry)sessions!).CloseAll(), this))
        {
            // The host has its own word for a shutdown that took too long.
            await _drained.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void BeginDrain()
    {
        if (Interlocked.Exchange(ref _isDraining, 1) != 0)
        {
            return;
        }

        if (Count == 0)
        {
            _drained.TrySetResult();
        }
        else if (_options.DrainTimeout == TimeSpan.Zero)
        {
            CloseAll();
        }
        else
        {
            _drainTimer = Time.CreateTimer(static sessions => ((SessionRegistry)sessions!).CloseAll(), this, _options.DrainTimeout, Timeout.InfiniteTimeSpan);
            foreach (var (_, connection) in _connections)
            {
                ((IServerConnection)connection).Drain(CreateReason());
            }
        }
    }

    private void CloseAll()
    {
        foreach (var (_, connection) in _connections)
        {
            connection.Close(CreateReason());
        }
    }

    private ServerShuttingDown CreateReason() => new(ChooseRetryAfter());

    // In whole milliseconds, as it crosses the wire.
    private TimeSpan? ChooseRetryAfter()
    {
        if (_options.ShutdownRetryAfter is not { } retryAfter)
        {
            return null;
        }

        var window = _options.ShutdownRetryWindow ?? retryAfter / 2;
        return TimeSpan.FromMilliseconds(Math.Round((retryAfter + (window * Random.Shared.NextDouble())).TotalMilliseconds));
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "{MaxConnections} sessions are open, which is the limit (MaxConnections): new ones are refused until some have ended.")]
        public static partial void LimitReached(ILogger logger, int maxConnections);
    }
}
