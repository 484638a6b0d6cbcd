using System.Diagnostics;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Connections;

/// <summary>
/// Drives one session: feeds its state machine with packets, time and wishes, carries out what it decides, and follows the session from one transport to the next. Sending and
/// <see cref="Close"/> are safe for concurrent use; everything that arrives is handled on the receive loop, in order.
/// </summary>
internal abstract partial class Connection : TimingWheel.Entry, IPacketReceiver
{
    // Also the lock that guards it and everything here: nobody else has it, and a session has as few objects as can be.
    private readonly Session _session;
    private PacketTransport _transport;
    private IUpgrade? _upgrade;
    private volatile List<Action>? _loopWork;
    private TaskCompletionSource? _over;
    private int? _closeCode;
    private bool _isOver;

    private protected Connection(Session session, PacketTransport transport, TimingWheel wheel)
    {
        _session = session;
        _transport = transport;
        Wheel = wheel;
    }

    public TimingWheel Wheel { get; }

    /// <summary>What carries the packets now.</summary>
    public PacketTransport Transport => Volatile.Read(ref _transport);

    /// <summary>Why the session ended; null while it has not.</summary>
    public DisconnectReason? Reason => _session.Reason;

    private protected SessionState State => _session.State;

    /// <summary>Completes when the last transport has ended.</summary>
    public Task Completion
    {
        get
        {
            lock (_session)
            {
                return _isOver ? Task.CompletedTask : (_over ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>Lives the session's life. Completes when the last transport has ended.</summary>
    /// <param name="first">A binary message of the peer's that came with the handshake; empty for none.</param>
    public async Task RunAsync(ReadOnlyMemory<byte> first = default)
    {
        // Whatever opened the session ends long before it, and is no part of what its events bring about. The caller keeps what it has.
        Activity.Current = null;
        try
        {
            Start(first.Span);
            try
            {
                PacketTransport transport;
                DisconnectReason? end;
                do
                {
                    transport = Transport;
                    end = await transport.ReceiveAsync(this).ConfigureAwait(false);
                }
                while (TryFollow(transport));

                TakeTransportEnd(end);
            }
            catch (Exception exception)
            {
                TakeTransportEnd(Fault(exception));
            }

            // The loop has handed on its last packet.
            OnLoopEnded(_session.Reason!);
            await Transport.FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            // Whatever happened, the transport is about to be handed back: no deadline may write to it any more.
            TakeTransportEnd(new TransportClose());
            Wheel.Remove(this);
            OnTransportEnded();
            Complete();
        }
    }

    /// <summary>Ends the session and tells the peer why.</summary>
    public void Close(DisconnectReason reason) => Input(session => session.Close(reason, Wheel.Now));

    /// <summary>Lets the session see what time it is: a deadline that has passed counts, even if no tick has come to it.</summary>
    public void CatchUp() => Elapse(Wheel.Now);

    public abstract void OnHandlerFault(string @event, Exception exception);

    void IPacketReceiver.OnText(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || packet[0] is < (byte)PacketType.Open or > (byte)PacketType.Noop)
        {
            TakeUnusual(packet);
            return;
        }

        var type = (PacketType)packet[0];
        var data = packet[1..];
        if (type is PacketType.Message && _session.State is SessionState.Open)
        {
            OnTextMessage(data);
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
        if (_session.State is SessionState.Open)
        {
            OnBinaryMessage(message);
            return;
        }

        // Before the session is open the machine has a word to say about it; afterwards nobody listens.
        Input(session => session.Receive(PacketType.Message, Wheel.Now));
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

        return WhenReadyAsync();
    }

    protected internal override void OnDue(TimeSpan now) => Elapse(now);

    protected internal override void OnDueFailed(Exception exception)
    {
        OnHandlerFault(nameof(OnDue), exception);
        Transport.Abort();
    }

    /// <summary>An Engine.IO packet that is no message. Runs on the receive loop.</summary>
    /// <exception cref="PacketException">The packet cannot be read.</exception>
    private protected virtual SessionDecision OnPacket(PacketType type, ReadOnlySpan<byte> data) => Receive(type);

    /// <summary>A text message on the open session, without its type. Runs on the receive loop.</summary>
    private protected abstract void OnTextMessage(ReadOnlySpan<byte> message);

    /// <summary>A binary message on the open session. Runs on the receive loop.</summary>
    private protected abstract void OnBinaryMessage(ReadOnlySpan<byte> message);

    /// <summary>Completes when more may be received.</summary>
    private protected virtual ValueTask WhenReadyAsync() => default;

    /// <summary>The open packet is to be sent.</summary>
    private protected virtual void SendOpen()
    {
    }

    /// <summary>The peer is to be told why the session ends, where the codec can.</summary>
    private protected virtual void SendReason(PacketTransport transport, DisconnectReason reason)
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

    /// <summary>Nothing more is received. Runs on the receive loop, once, after the session ended.</summary>
    private protected virtual void OnLoopEnded(DisconnectReason reason)
    {
    }

    /// <summary>The transport has ended; nothing follows.</summary>
    private protected virtual void OnTransportEnded()
    {
    }

    private protected void SendText(ReadOnlySpan<byte> packet) => Transport.SendText(packet);

    /// <summary>Runs something on the receive loop, between two batches. Safe for concurrent use.</summary>
    private protected void RunOnLoop(Action work)
    {
        lock (_session)
        {
            (_loopWork ??= []).Add(work);
        }

        Transport.Wake();
    }

    private void Complete()
    {
        TaskCompletionSource? over;
        lock (_session)
        {
            (_isOver, over) = (true, _over);
        }

        over?.SetResult();
    }

    // What the open packet brings about leaves with it.
    private void Start(ReadOnlySpan<byte> first)
    {
        var transport = Transport;
        transport.Cork();
        try
        {
            Input(session => session.Start(Wheel.Now));
            if (!first.IsEmpty)
            {
                ((IPacketReceiver)this).OnBinary(first);
            }
        }
        finally
        {
            transport.Uncork();
        }
    }

    private void TakeUnusual(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || packet[0] != PollingPayload.Base64Prefix)
        {
            Close(new ParseError(packet.IsEmpty ? "An Engine.IO packet is empty." : $"An Engine.IO packet begins with byte 0x{packet[0]:x2}, which is no packet type."));
            return;
        }

        // A client that cannot send binary messages sends them so on any transport.
        try
        {
            ((IPacketReceiver)this).OnBinary(PollingPayload.Decode(packet[1..].ToArray()));
        }
        catch (PacketException exception)
        {
            Close(exception.Reason);
        }
    }

    private void RunLoopWork()
    {
        List<Action>? works;
        lock (_session)
        {
            (works, _loopWork) = (_loopWork, null);
        }

        works?.ForEach(work => work());
    }

    // A fault of ours. This session is lost, but whoever handles it must hear so, or its members would stay in their rooms for ever.
    private TransportError Fault(Exception exception)
    {
        OnHandlerFault(nameof(PacketTransport.ReceiveAsync), exception);
        Transport.Abort();
        return new TransportError("The connection met an unexpected fault.", exception) { Initiator = Initiator.Local };
    }

    private void TakeTransportEnd(DisconnectReason? reason)
    {
        if (reason is not null)
        {
            Input(session => session.TransportEnded(reason));
        }
    }
}
