using TypedSockets.Client.Transports.Polling;
using TypedSockets.Client.Transports.WebSocket;

namespace TypedSockets.Client.Transports;

/// <summary>Opens the first transport that works, in the order of the options.</summary>
internal sealed class FallbackDialer : IDisposable
{
    private readonly TypedSocketOptions _options;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly ITransportDialer[] _dialers;
    private readonly HandshakeClient? _client;
    private int _firstIndex;

    /// <summary>Dials a server over HTTP.</summary>
    /// <exception cref="ArgumentException">The address is not http, https, ws or wss.</exception>
    public FallbackDialer(Uri address, TypedSocketOptions options, ConnectionLifecycle lifecycle)
        : this(new HandshakeClient(new HandshakeAddress(address, options), options), options, lifecycle)
    {
    }

    /// <summary>Dials through others.</summary>
    public FallbackDialer(ITransportDialer[] dialers, TypedSocketOptions options, ConnectionLifecycle lifecycle)
    {
        _dialers = dialers;
        _options = options;
        _lifecycle = lifecycle;
    }

    private FallbackDialer(HandshakeClient client, TypedSocketOptions options, ConnectionLifecycle lifecycle)
        : this([.. options.Transports.Select(transport => Create(transport, client, options))], options, lifecycle) => _client = client;

    /// <summary>Opens what a session on HTTP long-polling may move to; null when it may not.</summary>
    public ITransportDialer? Upgrade => _options.Upgrade ? Array.Find(_dialers, dialer => dialer.Kind is TransportKind.WebSocket) : null;

    public void Dispose() => _client?.Dispose();

    /// <summary>Opens a transport for a new session.</summary>
    /// <exception cref="DisconnectedException">None can be opened; the reason is the last one's.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task<DialedTransport> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        var left = _options.TryAllTransports ? _dialers.Length : 1;
        for (var index = _firstIndex; ; index++)
        {
            var dialer = _dialers[index % _dialers.Length];
            left--;
            try
            {
                return await DialAsync(dialer, request, isLast: left == 0, cancellationToken).ConfigureAwait(false);
            }
            catch (DisconnectedException exception) when (left > 0)
            {
                _lifecycle.Publish(new FallingBack(dialer.Kind, _dialers[(index + 1) % _dialers.Length].Kind, exception.Reason));
            }
        }
    }

    /// <summary>A session was opened over the transport, or was not: then the next try begins with another, since something in between may let a transport open and carry nothing.</summary>
    public void Report(TransportKind transport, bool isOpened)
    {
        if (isOpened || !_options.TryAllTransports)
        {
            _firstIndex = 0;
            return;
        }

        _firstIndex = (Array.FindIndex(_dialers, dialer => dialer.Kind == transport) + 1) % _dialers.Length;
    }

    private async Task<DialedTransport> DialAsync(ITransportDialer dialer, DialRequest request, bool isLast, CancellationToken cancellationToken)
    {
        if (isLast)
        {
            return await dialer.DialAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // One that is not answered at all must leave time for the next.
        var limit = _options.ConnectTimeout / 2;
        using var timeout = new CancellationTokenSource(limit, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await dialer.DialAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DisconnectedException(new TransportError($"The server did not answer the handshake within {limit.TotalSeconds:0.###} s (half of ConnectTimeout)."));
        }
    }

    private static ITransportDialer Create(TransportKind transport, HandshakeClient client, TypedSocketOptions options)
    {
        if (transport is TransportKind.Polling)
        {
            return new PollingDialer(client, options);
        }

        return OperatingSystem.IsBrowser() ? new BrowserDialer(client.Address, options) : new UpgradeDialer(client, options);
    }
}
