using System.Diagnostics;
using TypedSockets.Client.Namespaces;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Client.Connections;

internal sealed partial class ClientConnection
{
    private protected override void ReceiveConnect(scoped in SocketIOPacket packet)
    {
        var index = IndexOf(packet.Namespace);
        if (index < 0)
        {
            // Nobody asked for it; Socket.IO's client lets it be.
            return;
        }

        var opened = _namespaces[index];
        if (packet.Type is SocketIOPacketType.ConnectError)
        {
            Refuse(opened, ReadRefusal(packet, opened));
            return;
        }

        if (opened.IsOpen && _opened.ContainsValue(opened))
        {
            throw new SocketIOViolationException($"A server connected namespace '{opened.Shape.Namespace}' twice.");
        }

        Open(opened, _socketIONumbers![index], Read<ConnectedData, ConnectedData>(packet.Payload).Id);
    }

    private void SendConnects()
    {
        Debug.Assert(_auths is not null, "The namespaces are asked for once.");
        _socketIONumbers = [.. _namespaces.Select((opened, index) => EventNumbers.Identical((uint)index, opened.Shape, Side.Client, ContractAgreement.Unknown))];
        for (var index = 0; index < _namespaces.Count; index++)
        {
            using var json = PayloadBuffer.Rent();
            if (_auths[index] is { } auth)
            {
                _namespaces[index].Authentication!.Auth.WriteJson(json, auth);
            }

            using var buffer = PayloadBuffer.Rent();
            Send(TextPacketWriter.WriteConnect(buffer, _socketIONumbers[index].SocketIO.Namespace, json.Written));
        }
    }

    private DisconnectReason ReadRefusal(scoped in SocketIOPacket packet, ClientNamespace opened)
    {
        try
        {
            return RefusalPacket.ReadJson(packet.Payload, opened.Shape.Namespace, opened.Authentication?.Refusal, _options.PayloadLimits);
        }
        catch (PayloadException exception)
        {
            throw Unreadable(exception);
        }
    }

    private int IndexOf(ReadOnlySpan<byte> @namespace)
    {
        for (var index = 0; index < _namespaces.Count; index++)
        {
            if (_socketIONumbers![index].SocketIO.Namespace.Utf8.SequenceEqual(@namespace))
            {
                return index;
            }
        }

        return -1;
    }

    private T Read<T, TCodec>(ReadOnlySpan<byte> payload) where TCodec : struct, Events.IPayloadCodec<T>
    {
        try
        {
            var reader = new JsonReader(payload, _options.PayloadLimits);
            var value = TCodec.Read(ref reader);
            reader.Complete();
            return value;
        }
        catch (PayloadException exception)
        {
            throw Unreadable(exception);
        }
    }

    private static PacketException Unreadable(PayloadException exception) => new(new ParseError($"A packet of Socket.IO cannot be read: {exception.Message}"));
}
