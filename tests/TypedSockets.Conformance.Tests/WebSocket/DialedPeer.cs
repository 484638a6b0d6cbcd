using TypedSockets.Client;
using TypedSockets.Client.Transports;
using TypedSockets.Client.Transports.WebSocket;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>A transport that our client has opened, without a session on it.</summary>
internal sealed class DialedPeer : IAsyncDisposable
{
    private static readonly DialRequest s_newSession = new(SessionId: null, First: default, AccessToken: null);

    private readonly HandshakeClient _client;
    private readonly DialedTransport _dialed;

    private DialedPeer(HandshakeClient client, DialedTransport dialed)
    {
        _client = client;
        _dialed = dialed;
    }

    public PacketTransport Transport => _dialed.Transport;

    public static Task<DialedPeer> DialAsync(Uri server, TypedSocketOptions options) => DialAsync(server, options, client => new UpgradeDialer(client, options));

    /// <summary>As a browser dials.</summary>
    public static Task<DialedPeer> DialAsBrowserAsync(Uri server, TypedSocketOptions options) => DialAsync(server, options, client => new BrowserDialer(client.Address, options));

    public async ValueTask DisposeAsync()
    {
        if (_dialed.Resources is not null)
        {
            await _dialed.Resources.DisposeAsync();
        }

        _client.Dispose();
    }

    private static async Task<DialedPeer> DialAsync(Uri server, TypedSocketOptions options, Func<HandshakeClient, ITransportDialer> create)
    {
        var client = new HandshakeClient(new HandshakeAddress(server, options), options);
        try
        {
            return new DialedPeer(client, await create(client).DialAsync(s_newSession, TestContext.Current.CancellationToken));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
