using System.Text;
using System.Text.Json;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Server.Recovery;

namespace TypedSockets.Server.Sessions;

internal sealed partial class ServerConnection
{
    private protected override void ReceiveConnect(scoped in SocketIOPacket packet)
    {
        if (packet.Type is not SocketIOPacketType.Connect)
        {
            throw new SocketIOViolationException($"A client sent a packet of type {packet.Type}; only a server may.");
        }

        var name = Encoding.UTF8.GetString(packet.Namespace);
        if (_namespaces.Find(name) is not { } hubs)
        {
            RefuseUnknown(0, name);
        }
        else
        {
            var isReturning = false;
            var returning = hubs.Recovery is null ? null : RecoveryRequest.Read(Codec, packet.Payload, out isReturning);
            var request = hubs.IsDynamic
                ? new ConnectRequest(0, packet.Payload.IsEmpty ? null : ReadAuth(packet.Payload), null, ContractAgreement.Unknown)
                : ConnectRequest.Read(Codec, 0, ContractAgreement.Unknown, isReturning ? [] : packet.Payload, hubs.Authentication, _options.PayloadLimits);
            Join(hubs, returning is null ? request : request with { Recovery = returning });
        }
    }

    /// <exception cref="SocketIOViolationException">It is not JSON.</exception>
    private JsonElement ReadAuth(ReadOnlySpan<byte> payload)
    {
        using var json = PayloadBuffer.Rent();
        try
        {
            if (Codec is EventCodec.SocketIOMessagePack)
            {
                // Without attachments, which a CONNECT packet cannot have: bytes are base64.
                JsonTranscoder.ToJson(payload, json, null, MessagePackPacketReader.Limits);
                payload = json.Written;
            }

            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = _options.PayloadLimits.MaxDepth });
            var auth = JsonElement.ParseValue(ref reader);
            reader.Read();
            return auth;
        }
        catch (Exception exception) when (exception is JsonException or PayloadException)
        {
            throw new SocketIOViolationException("What a CONNECT packet says of the client is not JSON, or too deep.", exception);
        }
    }
}
