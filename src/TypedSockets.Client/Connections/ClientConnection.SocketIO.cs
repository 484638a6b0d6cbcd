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
    private EarlyEvents? _early;

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
            _early?.Drop(index);
            Refuse(opened, ReadRefusal(packet, opened));
            return;
        }

        if (opened.IsOpen && _opened.ContainsValue(opened))
        {
            throw new SocketIOViolationException($"A server connected namespace '{opened.Shape.Namespace}' twice.");
        }

        var connected = Read<ConnectedData, ConnectedData>(packet.Payload);
        var isRecovered = opened.TakeRecoveryId(connected.RecoveryId);
        var channel = Attach(opened, _socketIONumbers![index]);
        // What the client missed is handled before it is told that it is back.
        _early?.Replay(index, channel);
        Tell(opened, channel.Numbers, connected.Id, isRecovered);
    }

    private protected override void ReceiveEarly(scoped in SocketIOPacket packet, ReadOnlySpan<ReadOnlyMemory<byte>> attachments)
    {
        var index = IndexOf(packet.Namespace);
        if (index < 0 || packet.Type is not (SocketIOPacketType.Event or SocketIOPacketType.BinaryEvent) || _answered.Contains(_namespaces[index]))
        {
            // What the server sent before it knew that this end had left.
            return;
        }

        _early ??= new EarlyEvents(_options.MaxEarlyEventBytes);
        if (!_early.TryAdd(index, packet, attachments))
        {
            // Coming back to where it was, it would be sent as much again.
            _namespaces[index].TakeRecoveryId(null);
            Close(new ForcedClose($"More than {_options.MaxEarlyEventBytes:N0} bytes of events came before namespace '{_namespaces[index].Shape.Namespace}' was connected (MaxEarlyEventBytes)."));
        }
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

            using var merged = PayloadBuffer.Rent();
            _namespaces[index].Recovery?.Write(merged, json.Written);
            using var buffer = PayloadBuffer.Rent();
            Send(TextPacketWriter.WriteConnect(buffer, _socketIONumbers[index].SocketIO.Namespace, merged.Length > 0 ? merged.Written : json.Written));
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
