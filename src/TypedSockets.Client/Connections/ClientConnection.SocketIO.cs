using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
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
            var message = Read<ConnectErrorData<NoData, NoData>, ConnectErrorData<NoData, NoData>>(packet.Payload).Message;
            Close(new ContractMismatch($"The server refused namespace '{opened.Shape.Namespace}': {message}") { Initiator = Initiator.Remote });
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
        _socketIONumbers = [.. _namespaces.Select((opened, index) => EventNumbers.Identical((uint)index, opened.Shape, Side.Client, ContractAgreement.Unknown))];
        foreach (var numbers in _socketIONumbers)
        {
            using var buffer = PayloadBuffer.Rent();
            Send(TextPacketWriter.WriteConnect(buffer, numbers.SocketIO.Namespace));
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
            throw new PacketException(new ParseError($"A packet of Socket.IO cannot be read: {exception.Message}"));
        }
    }
}
