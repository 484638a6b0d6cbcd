using TypedSockets.Client.Transports.Polling;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Client.Connections;

internal sealed partial class ClientConnection
{
    private protected override void ReceiveToken(in NamespacePacket packet)
    {
        if (packet.Type is not NamespacePacketType.TokenWanted)
        {
            throw new PacketException(new ForcedClose($"A server sent a packet of type {packet.Type}; only a client may."));
        }

        var holds = ReadTokenWanted(packet.Payload);
        // A client without a token has nothing to send: its session ends when the server says so. However often it is asked, it gets one token at a time.
        if (_options.AccessTokenProvider is { } provider && Interlocked.Exchange(ref _isRefreshing, 1) == 0)
        {
            _ = Task.Run(() => RefreshAsync(provider, holds));
        }
    }

    private async Task RefreshAsync(Func<CancellationToken, ValueTask<string?>> provider, TimeSpan holds)
    {
        try
        {
            using var timeout = new CancellationTokenSource(holds, _options.TimeProvider);
            if (await provider(timeout.Token).ConfigureAwait(false) is { } token)
            {
                SendToken(token);
            }
        }
        catch (Exception exception)
        {
            // The session ends when its authentication does, and the client asks again before it comes back.
            _lifecycle.Publish(new HandlerFailed(nameof(TypedSocketOptions.AccessTokenProvider), exception));
        }
        finally
        {
            Volatile.Write(ref _isRefreshing, 0);
        }
    }

    private TimeSpan ReadTokenWanted(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new MessagePackReader(payload, _options.PayloadLimits);
            var values = reader.BeginArray();
            var holds = ReasonCodec.Duration(reader.ReadInt64());
            reader.EndArray(values - 1);
            reader.Complete();
            return holds;
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A TOKEN_WANTED packet cannot be read: {exception.Message}"));
        }
    }

    private void SendToken(string token)
    {
        if (Reason is not null)
        {
            return;
        }

        // Requests that follow are authenticated one by one.
        (Transport as ClientPollingTransport)?.Authenticate(token);
        using var buffer = PayloadBuffer.Rent();
        Send(Ts1Writer.WriteToken(buffer, token));
    }
}
