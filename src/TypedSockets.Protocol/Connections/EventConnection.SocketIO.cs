using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.SocketIO;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Connections;

internal abstract partial class EventConnection
{
    private AttachmentCollector? _attachments;

    /// <summary>A packet that opens or refuses a namespace. Runs on the receive loop.</summary>
    /// <exception cref="SocketIOViolationException">The packet may not be sent.</exception>
    private protected abstract void ReceiveConnect(scoped in SocketIOPacket packet);

    /// <summary>A packet came for a namespace that is not connected, or not yet; on a client. Runs on the receive loop.</summary>
    private protected virtual void ReceiveEarly(scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
    }

    private void ReceiveText(ReadOnlySpan<byte> message)
    {
        _attachments?.ThrowIfPending();
        var packet = TextPacketReader.Read(message);
        if (packet.Attachments == 0)
        {
            Receive(packet, []);
            return;
        }

        _attachments ??= new AttachmentCollector(MaxReceivedBytes);
        _attachments.Begin(message, packet);
    }

    private void ReceiveAttachment(ReadOnlySpan<byte> message)
    {
        if (_attachments is not { } attachments)
        {
            throw AttachmentCollector.Unannounced();
        }

        if (attachments.Add(message))
        {
            Receive(attachments.Packet, attachments.Attachments);
            attachments.Clear();
        }
    }

    private void ReceiveSocketIO(ReadOnlySpan<byte> message, bool isBinary)
    {
        // A WebSocket has seen to it; the body of a POST may be larger, since base64 is. The type in front of a text counts.
        var bytes = isBinary ? message.Length : message.Length + 1;
        if (bytes > MaxReceivedBytes)
        {
            Close(new PayloadTooLarge(bytes, MaxReceivedBytes));
            return;
        }

        try
        {
            if (Codec is EventCodec.SocketIO)
            {
                // The first packet tells: a parser writes either text or a map.
                Codec = isBinary ? EventCodec.SocketIOMessagePack : EventCodec.SocketIOText;
            }

            switch (Codec, isBinary)
            {
                case (EventCodec.SocketIOMessagePack, true):
                    Receive(MessagePackPacketReader.Read(message), []);
                    break;
                case (EventCodec.SocketIOMessagePack, false):
                    throw new SocketIOViolationException("A text message came on a session whose packets are MessagePack.");
                case (_, true):
                    ReceiveAttachment(message);
                    break;
                default:
                    ReceiveText(message);
                    break;
            }
        }
        catch (SocketIOViolationException violation)
        {
            Close(violation.ReasonOn(Side));
        }
        catch (PacketException exception)
        {
            Close(exception.Reason);
        }
    }

    private void Receive(scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        if (packet.Type is SocketIOPacketType.Connect or SocketIOPacketType.ConnectError)
        {
            ReceiveConnect(packet);
            return;
        }

        if (FindChannel(packet.Namespace) is not { IsPending: false } channel)
        {
            if (Side is Side.Client)
            {
                ReceiveEarly(packet, attachments);
                return;
            }

            throw new SocketIOViolationException($"A Socket.IO packet of type {packet.Type} came for a namespace that is not connected.");
        }

        if (packet.Type is not SocketIOPacketType.Disconnect)
        {
            channel.Receive(packet, attachments);
        }
        else if (channel.Ended is null)
        {
            DisconnectReason reason = Side is Side.Server ? new ClientDisconnect { Initiator = Initiator.Remote } : new ServerDisconnect { Initiator = Initiator.Remote };
            channel.End(reason);
            FinishChannel(channel, reason);
        }
    }

    private protected EventChannel? FindChannel(ReadOnlySpan<byte> @namespace)
    {
        foreach (var channel in _channels)
        {
            if (channel is not null && channel.SocketIONamespace.SequenceEqual(@namespace))
            {
                return channel;
            }
        }

        return null;
    }

    // Socket.IO has no word for why, but whoever is told that a namespace is over does not come back by itself.
    private void SendDisconnects(PacketTransport transport)
    {
        foreach (var channel in _channels)
        {
            if (channel is { Ended: null, IsPending: false })
            {
                using var buffer = PayloadBuffer.Rent();
                var packet = PacketWriter.WriteDisconnect(Codec, buffer, channel.Numbers, new ServerDisconnect());
                transport.TrySendMessage(packet, isBinary: Codec is EventCodec.SocketIOMessagePack);
            }
        }
    }
}
