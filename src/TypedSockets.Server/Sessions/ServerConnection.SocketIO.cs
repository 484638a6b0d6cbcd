using System.Text;
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
        if (_namespaces.Find(name) is { } hubs)
        {
            Join(hubs, ConnectRequest.Read(Codec, 0, null, packet.Payload, hubs.Authentication, _options.PayloadLimits));
        }
        else
        {
            RefuseUnknown(0, name);
        }
    }
}
