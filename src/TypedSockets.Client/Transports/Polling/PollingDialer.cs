using System.Net;
using TypedSockets.Protocol.Handshake;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Client.Transports.Polling;

/// <summary>Opens a session over HTTP long-polling: one GET, answered with the open packet and perhaps more.</summary>
internal sealed class PollingDialer(HandshakeClient client, TypedSocketOptions options) : ITransportDialer
{
    // What comes with the open packet is what the first message brought about; a server that sends more than this is none of ours.
    private const int MaxFirstPayload = 64 * 1024;

    public TransportKind Kind => TransportKind.Polling;

    public async Task<DialedTransport> DialAsync(DialRequest request, CancellationToken cancellationToken)
    {
        using var get = client.CreateRequest(HttpMethod.Get, Kind, request);
        using var response = await client.SendAsync(get, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw new DisconnectedException(await HandshakeClient.ReadRefusalAsync(response, cancellationToken).ConfigureAwait(false));
        }

        var first = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var open = ReadOpen(first);
        var session = request with { SessionId = open.SessionId, First = default };
        // What may be sent over a WebSocket may be sent here too, where it grows by a third.
        var maxPostBytes = PollingPayload.EncodedLength(open.MaxPayloadBytes);
        var transport = new ClientPollingTransport(new PollingRequests(client, session, maxPostBytes), first, maxPostBytes, options);
        return new DialedTransport(transport, null);
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[MaxFirstPayload];
            var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return count < buffer.Length ? buffer[..count] : throw new DisconnectedException(new PayloadTooLarge(count, MaxFirstPayload) { Initiator = Initiator.Local });
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new DisconnectedException(new TransportError($"The handshake of '{client.Address.Authority}' broke off: {exception.Message}", exception));
        }
    }

    private static OpenPacket ReadOpen(byte[] payload)
    {
        // A copy: the payload is read again by the session, and reading decodes in place.
        Span<byte> rest = [.. payload];
        try
        {
            var packet = PollingPayload.Read(ref rest, out var isBinary);
            return !isBinary && !packet.IsEmpty && packet[0] == (byte)PacketType.Open
                ? OpenPacket.Parse(packet[1..])
                : throw new PacketException(new ParseError("The answer to the handshake does not begin with an open packet; this is no Engine.IO server."));
        }
        catch (PacketException exception)
        {
            throw new DisconnectedException(exception.Reason);
        }
    }
}
