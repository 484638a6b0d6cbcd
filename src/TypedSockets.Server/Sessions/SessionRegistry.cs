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
    private readonly TimeSpan? _retryAfter;
    private readonly CancellationTokenRegistration _stopping;
    private int _admitted;
    private int _isFull;
    private volatile bool _isStopping;

    public SessionRegistry(TypedSocketServerOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ServerMetrics metrics, ILogger logger)
    {
        _maxConnections = options.MaxConnections ?? OpenFileLimit.DefaultMaxSessions;
        _retryAfter = options.ShutdownRetryAfter;
        OpenPackets = new OpenPackets(options);
        Wheel = new TimingWheel(time, s_tick);
        Logger = logger;
        EventInstruments = metrics.Events;
        Instruments = new SessionInstruments(metrics.Meter, Side.Server, () => _connections.Select(static session => session.Value));
        _stopping = lifetime.ApplicationStopping.Register(Stop);
    }

    public TimingWheel Wheel { get; }

    public ILogger Logger { get; }

    public OpenPackets OpenPackets { get; }

    public EventInstruments EventInstruments { get; }

    public SessionInstruments Instruments { get; }

    /// <summary>How many places are taken.</summary>
    public int Count => Volatile.Read(ref _admitted);

    /// <summary>How many places there are.</summary>
    public int MaxConnections => _maxConnections;

    /// <summary>Whether the server takes no new sessions any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Reserves a place for one more session, which has it until its end; <see cref="Release"/> gives it back when there will be no session.</summary>
    public bool TryAdmit([NotNullWhen(false)] out HandshakeFailure? refusal)
    {
        refusal = null;
        if (_isStopping)
        {
            refusal = new HandshakeFailure(StatusCodes.Status503ServiceUnavailable, HandshakeFailure.Forbidden, "Service unavailable: the server is shutting down.") { ErrorType = HandshakeFailure.ShuttingDown };
        }
        else if (Interlocked.Increment(ref _admitted) > _maxConnections)
        {
            Interlocked.Decrement(ref _admitted);
            refusal = new HandshakeFailure(StatusCodes.Status503ServiceUnavailable, HandshakeFailure.Forbidden, $"Service unavailable: {_maxConnections} sessions are open, which is the limit (MaxConnections).") { ErrorType = HandshakeFailure.LimitReached };
            if (Interlocked.Exchange(ref _isFull, 1) == 0)
            {
                Log.LimitReached(Logger, _maxConnections);
            }
        }

        return refusal is null;
    }

    public void Release()
    {
        // Said once, and again when there was room meanwhile: a server at its limit refuses many.
        if (Interlocked.Decrement(ref _admitted) <= _maxConnections - ((_maxConnections / 10) + 1))
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
        var running = connection.RunAsync(first);
        if (_isStopping)
        {
            // It was admitted just before the server began to stop, which may have missed it.
            connection.Close(new ServerShuttingDown(_retryAfter));
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
        Wheel.Dispose();
    }

    private void Stop()
    {
        _isStopping = true;
        foreach (var (_, connection) in _connections)
        {
            connection.Close(new ServerShuttingDown(_retryAfter));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "{MaxConnections} sessions are open, which is the limit (MaxConnections): new ones are refused until some have ended.")]
        public static partial void LimitReached(ILogger logger, int maxConnections);
    }
}
