using System.Text;
using System.Text.Json;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;

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
            Log.UnknownNamespace(_sessions.Logger, Number, name);
            RefuseNamespace(name);
            return;
        }

        var member = Join(hubs, hubs.IsDynamic && !packet.Payload.IsEmpty ? ReadAuth(packet.Payload) : null);
        using (var buffer = PayloadBuffer.Rent())
        {
            var data = new ConnectedData(member.Id);
            var @namespace = hubs.Numbers.SocketIO.Namespace;
            Send(Codec is EventCodec.SocketIOMessagePack ? MessagePackPacketWriter.WriteConnected(buffer, @namespace, data) : TextPacketWriter.WriteConnected(buffer, @namespace, data));
        }

        hubs.Open(member, new Connected(name, member.Id, Transport.Kind, ContractAgreement.Unknown));
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

    // Socket.IO's server says the same words, and clients look for them.
    private void RefuseNamespace(string name)
    {
        var @namespace = new SocketIONamespace(name);
        var error = new ConnectErrorData<NoData, NoData>("Invalid namespace", HasData: false, default);
        using var buffer = PayloadBuffer.Rent();
        Send(Codec is EventCodec.SocketIOMessagePack ? MessagePackPacketWriter.WriteConnectError(buffer, @namespace, error) : TextPacketWriter.WriteConnectError(buffer, @namespace, error));
    }
}
