using TypedSockets.Client.Transports;

namespace TypedSockets.Testing;

/// <summary>Connects one client to the server of its host.</summary>
internal sealed class InMemoryDialer(TypedSocketsTestHost host, TestClientOptions options, TestLink link, LifecycleRecording serverLifecycle) : ITransportDialer
{
    public TransportKind Kind => TransportKind.WebSocket;

    public async Task<DialedTransport> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        var server = await host.GetServerAsync(cancellationToken).ConfigureAwait(false);
        return new DialedTransport(await server.AcceptAsync(request, options, link, serverLifecycle).ConfigureAwait(false), null);
    }
}
