using System.Net.WebSockets;

namespace TypedSockets.Client.Transports.WebSocket;

/// <summary>Opens the browser's own WebSocket.</summary>
internal sealed class BrowserDialer(HandshakeAddress address, TypedSocketOptions options) : ITransportDialer
{
    public TransportKind Kind => TransportKind.WebSocket;

    public async Task<DialedTransport> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        if (options.Headers.Count > 0)
        {
            throw new PlatformNotSupportedException($"A browser cannot send header '{options.Headers.First().Key}' with a WebSocket handshake (Headers). A value in the address or in the first event is the usual way.");
        }

        var socket = new ClientWebSocket();
        try
        {
            foreach (var name in options.SubProtocols)
            {
                socket.Options.AddSubProtocol(name);
            }

            var target = address.Of(Kind, request);
            var scheme = target.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
            await socket.ConnectAsync(new UriBuilder(target) { Scheme = scheme }.Uri, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException exception)
        {
            socket.Dispose();
            // A browser tells scripts neither the status nor the text of a refusal.
            throw new DisconnectedException(new TransportError($"The WebSocket to '{address.Authority}' cannot be opened: {exception.Message}", exception));
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var transport = new SystemWebSocketTransport(socket, options.MaxPayloadBytes, options.MaxQueuedBytes, options.MaxQueuedPackets);
        return new DialedTransport(transport, transport);
    }
}
