using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.Sessions;

/// <summary>The sessions of a server: admits them, times them, and ends them when the server stops. Safe for concurrent use.</summary>
internal sealed class SessionRegistry : IDisposable
{
    // Heartbeats are met late by at most this; with 100,000 sessions a tick still visits only a few hundred.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly int _maxConnections;
    private readonly TimeSpan? _retryAfter;
    private readonly CancellationTokenRegistration _stopping;
    private int _admitted;
    private volatile bool _isStopping;

    public SessionRegistry(TypedSocketServerOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger)
    {
        _maxConnections = options.MaxConnections ?? OpenFileLimit.DefaultMaxSessions;
        _retryAfter = options.ShutdownRetryAfter;
        OpenPackets = new OpenPackets(options);
        Time = time;
        Wheel = new TimingWheel(time, s_tick);
        Logger = logger;
        _stopping = lifetime.ApplicationStopping.Register(Stop);
    }

    public TimeProvider Time { get; }

    public TimingWheel Wheel { get; }

    public ILogger Logger { get; }

    public OpenPackets OpenPackets { get; }

    /// <summary>Reserves a place for one more session, which has it until its end; <see cref="Release"/> gives it back when there will be no session.</summary>
    public bool TryAdmit([NotNullWhen(false)] out HandshakeFailure? refusal)
    {
        refusal = null;
        if (_isStopping)
        {
            refusal = new HandshakeFailure(StatusCodes.Status503ServiceUnavailable, HandshakeFailure.Forbidden, "Service unavailable: the server is shutting down.");
        }
        else if (Interlocked.Increment(ref _admitted) > _maxConnections)
        {
            Interlocked.Decrement(ref _admitted);
            refusal = new HandshakeFailure(StatusCodes.Status503ServiceUnavailable, HandshakeFailure.Forbidden, $"Service unavailable: {_maxConnections} sessions are open, which is the limit (MaxConnections).");
        }

        return refusal is null;
    }

    public void Release() => Interlocked.Decrement(ref _admitted);

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
}
