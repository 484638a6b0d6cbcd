using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Observability;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Connections;

/// <summary>A session that carries events: hands the namespaces' packets from the transport to their channels, and from them to the transport, in the codec of the session.</summary>
internal abstract partial class EventConnection : Connection, IChannelHost
{
    private static readonly KeyValuePair<string, object?>[] s_receive = [new(Telemetry.Direction, Telemetry.Receive)];

    private EventChannel?[] _channels = [];

    private protected EventConnection(Session session, PacketTransport transport, TimingWheel wheel, EventCodec codec) : base(session, transport, wheel) => Codec = codec;

    /// <summary>How packets are written. Settled when the first namespace is open.</summary>
    public EventCodec Codec { get; private protected set; }

    public TransportKind TransportKind => Transport.Kind;

    /// <summary>How many bytes of events wait for handlers.</summary>
    public long QueuedEventBytes => _channels.Sum(static channel => channel?.QueuedBytes ?? 0);

    public abstract long MaxPacketBytes { get; }

    /// <summary>What is measured of arriving messages, and of events for a peer that is behind; null for nothing.</summary>
    private protected EventInstruments? Instruments { get; init; }

    private protected abstract long MaxQueuedBytes { get; }

    private protected abstract int MaxQueuedPackets { get; }

    /// <summary>The largest packet that this end accepts.</summary>
    private protected abstract long MaxReceivedBytes { get; }

    private protected abstract Side Side { get; }

    public abstract void OnRefused(EventChannel channel, EventRefused refused);

    public void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments = default)
    {
        if (!TrySend(packet, attachments))
        {
            CloseSlowConsumer(ToOutgoing(packet, attachments).Length);
        }
    }

    public bool HasRoom(int bytes)
    {
        var transport = Transport;
        var queued = transport.QueuedBytes;
        return queued == 0 || (queued + bytes <= MaxQueuedBytes / 2 && transport.QueuedPackets + 1 <= MaxQueuedPackets / 2);
    }

    public Task WhenSentAsync() => Transport.WhenSentAsync();

    public void Cork() => Transport.Cork();

    public void Uncork() => Transport.Uncork();

    /// <summary>Sends an encoded packet and its attachments. Returns false when more would wait than may: nothing was sent, and <see cref="CloseSlowConsumer"/> is to follow.</summary>
    public bool TrySend(ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments = default) => Codec switch
    {
        EventCodec.Ts1 => Transport.TrySendBinary(packet),
        EventCodec.SocketIOMessagePack => Transport.TrySendMessage(packet, isBinary: true),
        _ => Transport.TrySendMessage(packet, attachments),
    };

    private protected sealed override void OnTextMessage(ReadOnlySpan<byte> message)
    {
        if (Codec is EventCodec.Ts1)
        {
            Close(new ParseError("A text message came on a session that agreed on the binary codec ts1."));
            return;
        }

        ReceiveSocketIO(message, isBinary: false);
    }

    private protected sealed override void OnBinaryMessage(ReadOnlySpan<byte> message)
    {
        if (Codec is not EventCodec.Ts1)
        {
            ReceiveSocketIO(message, isBinary: true);
            return;
        }

        CountReceived(message.Length);
        try
        {
            while (!message.IsEmpty && State is SessionState.Open)
            {
                Receive(Ts1Reader.Read(ref message), ref message);
            }
        }
        catch (PacketException exception)
        {
            Close(exception.Reason);
        }
    }

    private protected sealed override ValueTask WhenReadyAsync()
    {
        foreach (var channel in _channels)
        {
            if (channel is { IsFull: true, Ended: null })
            {
                return new ValueTask(channel.WhenDrainedAsync());
            }
        }

        return default;
    }

    /// <summary>A packet that opens or refuses a namespace. Runs on the receive loop.</summary>
    /// <exception cref="PacketException">The packet may not be sent or cannot be read.</exception>
    private protected abstract void ReceiveConnect(in NamespacePacket packet);

    /// <summary>A packet about what the client authenticates with. Runs on the receive loop.</summary>
    /// <exception cref="PacketException">The packet may not be sent or cannot be read.</exception>
    private protected abstract void ReceiveToken(in NamespacePacket packet);

    /// <summary>A namespace is over, because the peer said so. Runs on the receive loop.</summary>
    private protected abstract void FinishChannel(EventChannel channel, DisconnectReason reason);

    /// <inheritdoc cref="Connection.OnEnd"/>
    private protected abstract void OnSessionEnded(DisconnectReason reason);

    private protected sealed override void SendReason(PacketTransport transport, DisconnectReason reason)
    {
        if (Codec is not EventCodec.Ts1)
        {
            if (!reason.AllowsReconnect)
            {
                SendDisconnects(transport);
            }

            return;
        }

        using var buffer = PayloadBuffer.Rent();
        // Past the limit of what may wait: a slow consumer is to hear that it was too slow.
        transport.SendBinary(Ts1Writer.WriteReason(buffer, NamespacePacketType.Close, 0, reason));
    }

    private protected sealed override void OnEnd(DisconnectReason reason)
    {
        foreach (var channel in _channels)
        {
            channel?.End(reason);
        }

        OnSessionEnded(reason);
    }

    /// <summary>The channels run their goodbyes, in turn behind the events that were received.</summary>
    private protected sealed override void OnLoopEnded(DisconnectReason reason)
    {
        foreach (var channel in _channels)
        {
            if (channel is not null)
            {
                channel.End(reason);
                FinishChannel(channel, reason);
            }
        }
    }

    /// <summary>Makes a channel known under its number. For the receive loop.</summary>
    private protected void AddChannel(uint number, EventChannel channel)
    {
        var channels = _channels;
        if (channels.Length <= number)
        {
            Array.Resize(ref channels, (int)number + 1);
        }

        channels[number] = channel;
        _channels = channels;
        if (Reason is { } reason)
        {
            // The session ended while the namespace was being opened; OnEnd may have missed it.
            channel.End(reason);
        }
    }

    private protected EventChannel? FindChannel(uint number) => number < (uint)_channels.Length ? _channels[number] : null;

    private protected static DisconnectReason ReadReason(ReadOnlySpan<byte> payload)
    {
        try
        {
            return ReasonCodec.Read(payload);
        }
        catch (PayloadException exception)
        {
            throw new PacketException(new ParseError($"A reason cannot be read: {exception.Message}"));
        }
    }

    /// <param name="packet">The packet.</param>
    /// <param name="rest">What stands behind it in its message.</param>
    private void Receive(scoped in NamespacePacket packet, scoped ref ReadOnlySpan<byte> rest)
    {
        switch (packet.Type)
        {
            case NamespacePacketType.Connect or NamespacePacketType.Connected or NamespacePacketType.ConnectError or NamespacePacketType.Compare:
                ReceiveConnect(packet);
                return;
            case NamespacePacketType.Close:
                TakeClose(ReadReason(packet.Payload));
                return;
            case NamespacePacketType.Context:
                ReceiveInContext(packet, ref rest);
                return;
            case NamespacePacketType.TokenWanted or NamespacePacketType.Token:
                ReceiveToken(packet);
                return;
        }

        var channel = FindChannel(packet.NamespaceNumber) is { IsPending: false } open
            ? open
            : throw new PacketException(new ForcedClose($"A packet of type {packet.Type} came for namespace number {packet.NamespaceNumber}, which is not connected."));
        if (packet.Type is NamespacePacketType.Disconnect)
        {
            if (channel.Ended is null)
            {
                var reason = ReadReason(packet.Payload);
                channel.End(reason);
                FinishChannel(channel, reason);
            }

            return;
        }

        channel.Receive(packet);
    }

    private void ReceiveInContext(scoped in NamespacePacket context, scoped ref ReadOnlySpan<byte> rest)
    {
        var (deadline, caller) = PacketContext.Read(context.Payload);
        if (rest.IsEmpty)
        {
            throw new PacketException(new ParseError("A CONTEXT packet is the last of its message; it says something about the packet right behind it."));
        }

        var packet = Ts1Reader.Read(ref rest);
        if (packet.Type is NamespacePacketType.Context || packet.NamespaceNumber != context.NamespaceNumber)
        {
            throw new PacketException(new ParseError($"A CONTEXT packet of namespace number {context.NamespaceNumber} stands in front of a packet of type {packet.Type} of namespace number {packet.NamespaceNumber}."));
        }

        if (packet.Type is NamespacePacketType.Request
            && deadline is { } milliseconds
            && FindChannel(packet.NamespaceNumber) is { IsPending: false, Ended: null } channel
            && !channel.TryLimit(packet.AckId.GetValueOrDefault(), TimeSpan.FromMilliseconds(milliseconds)))
        {
            return;
        }

        Receive(packet with { Caller = caller }, ref rest);
    }

    private void CountReceived(int bytes)
    {
        if (Instruments is { IO.Enabled: true } instruments)
        {
            instruments.IO.Add(bytes, s_receive);
        }
    }

    // Apart from Receive, whose hot path must not make the closure.
    private void TakeClose(DisconnectReason reason) => Input(session => session.PeerClosed(reason, Wheel.Now));
}
