using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server.Sessions;

/// <summary>The sessions of a server: admits them, times them, and ends them when the server stops. Safe for concurrent use.</summary>
internal sealed class SessionRegistry : IDisposable
{
    // Heartbeats are met late by at most this; with 100,000 sessions a tick still visits only a few hundred.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<ServerConnection, bool> _connections = new();
    private readonly int _maxConnections;
    private readonly TimeSpan? _retryAfter;
    private readonly CancellationTokenRegistration _stopping;
    private int _admitted;
    private volatile bool _isStopping;

    public SessionRegistry(IOptions<TypedSocketServerOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SessionRegistry> logger)
    {
        _maxConnections = options.Value.MaxConnections ?? OpenFileLimit.DefaultMaxSessions;
        _retryAfter = options.Value.ShutdownRetryAfter;
        Wheel = new TimingWheel(time, s_tick);
        Logger = logger;
        _stopping = lifetime.ApplicationStopping.Register(Stop);
    }

    public TimingWheel Wheel { get; }

    public ILogger Logger { get; }

    /// <summary>Reserves a place for one more session; <see cref="Release"/> gives it back.</summary>
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

    /// <summary>Runs a session until its transport has ended.</summary>
    public Task RunAsync(ServerConnection connection)
    {
        _connections.TryAdd(connection, true);
        if (_isStopping)
        {
            // It was admitted just before the server began to stop, which may have missed it.
            connection.Close(new ServerShuttingDown(_retryAfter));
        }

        return connection.RunAsync();
    }

    /// <summary>The session's transport has ended.</summary>
    public void Remove(ServerConnection connection) => _connections.TryRemove(connection, out _);

    public void Dispose()
    {
        _stopping.Dispose();
        Wheel.Dispose();
    }

    private void Stop()
    {
        _isStopping = true;
        foreach (var (connection, _) in _connections)
        {
            connection.Close(new ServerShuttingDown(_retryAfter));
        }
    }
}
