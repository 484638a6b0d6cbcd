using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Connections;

/// <summary>
/// Drives one session: feeds its state machine with packets, time and wishes, carries out what it decides, and carries the namespaces' packets between the transport and their
/// channels. Sending and <see cref="Close"/> are safe for concurrent use; everything that arrives is handled on the receive loop, in order.
/// </summary>
internal abstract partial class Connection : TimingWheel.Entry, IPacketReceiver, IChannelHost
{
    private readonly Lock _gate = new();
    private readonly Session _session;
    private readonly PacketTransport _transport;
    private EventChannel?[] _channels = [];
    private volatile List<Action>? _loopWork;
    private int? _closeCode;

    private protected Connection(Session session, PacketTransport transport, TimingWheel wheel)
    {
        _session = session;
        _transport = transport;
        Wheel = wheel;
    }

    public TimingWheel Wheel { get; }

    public abstract long MaxPacketBytes { get; }

    public TransportKind Transport => _transport.Kind;

    /// <summary>Why the session ended; null while it has not.</summary>
    public DisconnectReason? Reason => _session.Reason;

    /// <summary>Lives the session's life. Completes when the transport has ended.</summary>
    public async Task RunAsync()
    {
        try
        {
            Input(session => session.Start(Wheel.Now));
            TakeTransportEnd(await ReceiveAsync().ConfigureAwait(false));
            // The loop has handed on its last packet: now the channels run their goodbyes, in turn behind the events that were received.
            FinishChannels(_session.Reason!);
            await _transport.FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            // Whatever happened, the pipe is about to be handed back: no deadline may write to it any more.
            TakeTransportEnd(new TransportClose());
            Wheel.Remove(this);
            OnTransportEnded();
        }
    }

    /// <summary>Ends the session and tells the peer why.</summary>
    public void Close(DisconnectReason reason) => Input(session => session.Close(reason, Wheel.Now));

    public void Send(ReadOnlySpan<byte> packet)
    {
        if (!_transport.TrySendBinary(packet))
        {
            CloseSlowConsumer();
        }
    }

    public abstract void OnHandlerFault(string @event, Exception exception);

    void IPacketReceiver.OnText(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || packet[0] is < (byte)PacketType.Open or > (byte)PacketType.Noop)
        {
            Close(new ParseError(packet.IsEmpty ? "An Engine.IO packet is empty." : $"An Engine.IO packet begins with byte 0x{packet[0]:x2}, which is no packet type."));
            return;
        }

        var type = (PacketType)packet[0];
        var data = packet[1..];
        if (type is PacketType.Message)
        {
            Close(new ParseError("A text message came on a session that agreed on the binary codec ts1."));
            return;
        }

        SessionDecision decision;
        try
        {
            decision = OnPacket(type, data);
        }
        catch (PacketException exception)
        {
            Close(exception.Reason);
            return;
        }

        Apply(decision, data);
    }

    void IPacketReceiver.OnBinary(ReadOnlySpan<byte> message)
    {
        if (_session.State is not SessionState.Open)
        {
            // Before the session is open the machine has a word to say about it; afterwards nobody listens.
            Input(session => session.Receive(PacketType.Message, Wheel.Now));
            return;
        }

        try
        {
            while (!message.IsEmpty && _session.State is SessionState.Open)
            {
                Receive(Ts1Reader.Read(ref message));
            }
        }
        catch (PacketException exception)
        {
            Close(exception.Reason);
        }
    }

    void IPacketReceiver.OnViolation(DisconnectReason reason, int closeCode)
    {
        _closeCode = closeCode;
        Close(reason);
    }

    ValueTask IPacketReceiver.WhenReadyAsync()
    {
        if (_loopWork is not null)
        {
            RunLoopWork();
        }

        foreach (var channel in _channels)
        {
            if (channel is { IsFull: true, Ended: null })
            {
                return new ValueTask(channel.WhenDrainedAsync());
            }
        }

        return default;
    }

    protected internal override void OnDue(TimeSpan now) => Input(session => session.Elapse(now));

    protected internal override void OnDueFailed(Exception exception)
    {
        OnHandlerFault(nameof(OnDue), exception);
        _transport.Abort();
    }

    /// <summary>An Engine.IO packet that is no message. Runs on the receive loop.</summary>
    /// <exception cref="PacketException">The packet cannot be read.</exception>
    private protected virtual SessionDecision OnPacket(PacketType type, ReadOnlySpan<byte> data) => Decide(session => session.Receive(type, Wheel.Now));

    /// <summary>A packet that opens or refuses a namespace. Runs on the receive loop.</summary>
    /// <exception cref="PacketException">The packet may not be sent or cannot be read.</exception>
    private protected abstract void ReceiveConnect(in NamespacePacket packet);

    /// <summary>A namespace is over, because the peer said so. Runs on the receive loop.</summary>
    private protected abstract void FinishChannel(EventChannel channel, DisconnectReason reason);

    /// <summary>The open packet is to be sent.</summary>
    private protected virtual void SendOpen()
    {
    }

    private protected virtual void OnOpen()
    {
    }

    private protected virtual void OnLate(TimeSpan silence)
    {
    }

    /// <summary>The session ended. Runs once, on any thread.</summary>
    private protected abstract void OnEnd(DisconnectReason reason);

    /// <summary>The transport has ended; nothing follows.</summary>
    private protected virtual void OnTransportEnded()
    {
    }

    private protected void SendText(ReadOnlySpan<byte> packet) => _transport.SendText(packet);

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
        if (_session.Reason is { } reason)
        {
            // The session ended while the namespace was being opened; OnEnd may have missed it.
            channel.End(reason);
        }
    }

    /// <summary>Runs something on the receive loop, between two batches. Safe for concurrent use.</summary>
    private protected void RunOnLoop(Action work)
    {
        lock (_gate)
        {
            (_loopWork ??= []).Add(work);
        }

        _transport.Wake();
    }

    private protected EventChannel? FindChannel(uint number) => number < (uint)_channels.Length ? _channels[number] : null;

    private void Receive(in NamespacePacket packet)
    {
        switch (packet.Type)
        {
            case NamespacePacketType.Connect or NamespacePacketType.Connected or NamespacePacketType.ConnectError:
                ReceiveConnect(packet);
                return;
            case NamespacePacketType.Close:
                TakeClose(ReadReason(packet.Payload));
                return;
        }

        var channel = FindChannel(packet.NamespaceNumber)
            ?? throw new PacketException(new ForcedClose($"A packet of type {packet.Type} came for namespace number {packet.NamespaceNumber}, which is not connected."));
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

    // Apart from Receive, whose hot path must not make the closure.
    private void TakeClose(DisconnectReason reason) => Input(session => session.PeerClosed(reason, Wheel.Now));

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

    private void RunLoopWork()
    {
        List<Action>? works;
        lock (_gate)
        {
            (works, _loopWork) = (_loopWork, null);
        }

        works?.ForEach(work => work());
    }

    private async Task<DisconnectReason?> ReceiveAsync()
    {
        try
        {
            return await _transport.ReceiveAsync(this).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A fault of ours. This session is lost, but whoever handles it must hear so, or its members would stay in their rooms for ever.
            OnHandlerFault(nameof(ReceiveAsync), exception);
            _transport.Abort();
            return new TransportError("The connection met an unexpected fault.", exception) { Initiator = Initiator.Local };
        }
    }

    private void TakeTransportEnd(DisconnectReason? reason)
    {
        if (reason is not null)
        {
            Input(session => session.TransportEnded(reason));
        }
    }

    private void FinishChannels(DisconnectReason reason)
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

    private void CloseSlowConsumer() => Close(new SlowConsumer(_transport.QueuedBytes, MaxQueuedBytes));

    private protected abstract long MaxQueuedBytes { get; }
}
