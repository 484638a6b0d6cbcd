using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TypedSockets.Client.Connections;
using TypedSockets.Client.Namespaces;
using TypedSockets.Client.Observability;
using TypedSockets.Client.Transports;
using TypedSockets.Client.Upgrades;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Client.Reconnection;

/// <summary>From one call to connect to the end that is not come back from: waits, dials, stays while the connection lasts, and decides whether to begin again.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no wait handle, and is cancelled by whoever closes, at any time.")]
internal sealed class ConnectionLoop
{
    private readonly TypedSocketOptions _options;
    private readonly FallbackDialer _dialer;
    private readonly TimingWheel _wheel;
    private readonly IReadOnlyList<ClientNamespace> _namespaces;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly Action _onEnded;
    private readonly SessionInstruments _instruments;
    private readonly CancellationTokenSource _closing = new();
    private volatile TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClientConnection? _connection;
    private volatile ConnectionState _state = ConnectionState.Connecting;

    /// <summary>Starts the loop.</summary>
    public ConnectionLoop(
        TypedSocketOptions options,
        FallbackDialer dialer,
        TimingWheel wheel,
        IReadOnlyList<ClientNamespace> namespaces,
        ConnectionLifecycle lifecycle,
        Action onEnded)
    {
        _options = options;
        _dialer = dialer;
        _wheel = wheel;
        _namespaces = namespaces;
        _lifecycle = lifecycle;
        _onEnded = onEnded;
        _instruments = ClientMetrics.Of(options).Sessions;
        Ended = Task.Run(RunAsync);
    }

    public ConnectionState State => _state;

    /// <summary>What carries the packets; null while there is no connection.</summary>
    public PacketTransport? Transport => _connection?.Transport;

    /// <summary>Completes when every contract is connected, which it may be already; fails with <see cref="DisconnectedException"/> when the loop ends before.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Completes when the loop has ended.</summary>
    public Task Ended { get; }

    /// <summary>Ends the loop, and the connection with a goodbye.</summary>
    public void Close()
    {
        _closing.Cancel();
        _connection?.Close(new ClientDisconnect());
    }

    private async Task RunAsync()
    {
        try
        {
            await ReconnectAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What cannot be tried on this platform, or a fault of ours: whoever waits for the connection is told just that.
            End(new TransportError(exception.Message, exception), exception);
        }
    }

    private async Task ReconnectAsync()
    {
        var reconnection = _options.Reconnection;
        var (attempt, waits, delay) = (1, 0, TimeSpan.Zero);
        while (true)
        {
            var (reason, wasConnected) = await TryAsync(attempt, delay).ConfigureAwait(false);
            // The first handshake belongs to whoever called to connect; those that follow are nobody's.
            Activity.Current = null;
            _state = ConnectionState.Connecting;
            var willReconnect = reconnection.Enabled && reason.AllowsReconnect && !_closing.IsCancellationRequested && (wasConnected || attempt < (reconnection.MaxAttempts ?? int.MaxValue));
            if (!willReconnect)
            {
                End(reason, new DisconnectedException(reason));
                return;
            }

            if (wasConnected)
            {
                _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _lifecycle.Publish(new Disconnected(reason, WillReconnect: true));
            (attempt, waits) = wasConnected ? (1, 1) : (attempt + 1, waits + 1);
            delay = Backoff.RetryAfter(reason) ?? Backoff.Delay(reconnection, waits, Random.Shared.NextDouble());
        }
    }

    /// <summary>Waits, connects, and stays until the connection is over. Returns why, and whether it had been connected.</summary>
    private async Task<(DisconnectReason Reason, bool WasConnected)> TryAsync(int attempt, TimeSpan delay)
    {
        // Running before it is told: whoever hears of it may let the time pass.
        var waiting = Task.Delay(delay, _options.TimeProvider, _closing.Token);
        _lifecycle.Publish(new Connecting(attempt, delay));
        try
        {
            await waiting.ConfigureAwait(false);
            using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
            var (dialed, token, auths) = await DialAsync(timeout.Token).ConfigureAwait(false);
            try
            {
                return await StayAsync(dialed, token, auths, timeout.Token).ConfigureAwait(false);
            }
            finally
            {
                if (dialed.Resources is { } resources)
                {
                    await resources.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
        catch (DisconnectedException exception)
        {
            CountFailure(exception.Reason);
            return (exception.Reason, false);
        }
        catch (OperationCanceledException)
        {
            return (new ClientDisconnect(), false);
        }
    }

    private async Task<(DialedTransport Dialed, string? AccessToken, object?[] Auths)> DialAsync(CancellationToken timeout)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout, _closing.Token);
        try
        {
            var token = await GetAccessTokenAsync(either.Token).ConfigureAwait(false);
            var auths = await GetAuthsAsync(either.Token).ConfigureAwait(false);
            // Events without a contract travel over Socket.IO alone, and a session has one codec.
            var request = _namespaces.Any(opened => opened.Dynamic is not null)
                ? new DialRequest(null, default, token, AsksForTs1: false)
                : new DialRequest(null, ClientConnection.WriteFirst(_namespaces), token);
            return (await _dialer.DialAsync(request, either.Token).ConfigureAwait(false), token, auths);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            throw new DisconnectedException(new TransportError($"The server did not answer the handshake within {_options.ConnectTimeout.TotalSeconds:0.###} s (ConnectTimeout)."));
        }
    }

    private async ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _options.AccessTokenProvider is { } provider ? await provider(cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new DisconnectedException(new TransportError($"The access token cannot be had: {exception.Message}", exception) { Initiator = Initiator.Local });
        }
    }

    private async ValueTask<object?[]> GetAuthsAsync(CancellationToken cancellationToken)
    {
        var auths = new object?[_namespaces.Count];
        for (var index = 0; index < auths.Length; index++)
        {
            auths[index] = await _namespaces[index].GetAuthAsync(cancellationToken).ConfigureAwait(false);
        }

        return auths;
    }

    private async Task<(DisconnectReason Reason, bool WasConnected)> StayAsync(DialedTransport dialed, string? accessToken, object?[] auths, CancellationToken timeout)
    {
        var connection = new ClientConnection(dialed.Transport, _wheel, _namespaces, auths, _options, _lifecycle, new UpgradePath(_dialer.Upgrade, accessToken));
        _connection = connection;
        var kind = dialed.Transport.Kind;
        var ended = connection.RunAsync();
        if (_closing.IsCancellationRequested)
        {
            // Close may have come before there was a connection to close.
            connection.Close(new ClientDisconnect());
        }

        var wasConnected = await AwaitConnectedAsync(connection, timeout).ConfigureAwait(false);
        await ended.ConfigureAwait(false);
        await connection.UpgradeEnded.ConfigureAwait(false);
        _dialer.Report(kind, connection.IsOpened);
        _connection = null;
        var reason = connection.Reason!;
        if (!connection.IsOpened)
        {
            CountFailure(reason);
        }

        return (reason, wasConnected);
    }

    private void CountFailure(DisconnectReason reason)
    {
        if (!_closing.IsCancellationRequested)
        {
            _instruments.HandshakeFailed(ErrorTypes.Of(reason), (reason as HandshakeRejected)?.Status);
        }
    }

    private async Task<bool> AwaitConnectedAsync(ClientConnection connection, CancellationToken timeout)
    {
        try
        {
            var refusal = await connection.Connected.WaitAsync(timeout).ConfigureAwait(false);
            _state = ConnectionState.Connected;
            if (refusal is null)
            {
                _connected.TrySetResult();
            }
            else
            {
                Fail(new DisconnectedException(refusal));
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            connection.Close(new TransportError($"The server did not open every namespace within {_options.ConnectTimeout.TotalSeconds:0.###} s (ConnectTimeout).") { Initiator = Initiator.Local });
            return false;
        }
        catch (DisconnectedException)
        {
            return false;
        }
    }

    private void End(DisconnectReason reason, Exception exception)
    {
        _state = ConnectionState.Disconnected;
        _onEnded();
        _lifecycle.Publish(new Disconnected(reason, WillReconnect: false));
        Fail(exception);
    }

    private void Fail(Exception exception)
    {
        _connected.TrySetException(exception);
        // Whoever called to connect may not be waiting any more.
        _ = _connected.Task.Exception;
    }
}
