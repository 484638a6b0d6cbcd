namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>One end of a WebSocket: does what <see cref="Protocol.Transports.WebSocket.WebSocketTransport"/> does.</summary>
internal sealed class SimulatedWebSocket(Life life, WebSocketLink link, string side) : SimulatedTransport
{
    private readonly Queue<Packet?> _arrived = new();
    private IPacketTaker? _taker;
    private Action? _onFinished;
    private bool _isClosing;
    private bool _isPeerClosed;
    private bool _isLost;
    private bool _isReceived;

    /// <summary>When the last thing that was sent to this end gets here.</summary>
    public TimeSpan ArrivesAt { get; set; }

    /// <summary>Set where only the answer to a probe, or the reason of the end, may be sent yet.</summary>
    public bool IsUnproven { get; set; }

    public override void Receive(IPacketTaker taker)
    {
        (_taker, _isReceived) = (taker, false);
        Pump();
    }

    /// <summary>Receiving ends behind the packet at hand; another may receive what follows.</summary>
    public void Pause() => EndReceiving(null);

    public override void Send(Packet packet)
    {
        if (_isClosing || _isPeerClosed)
        {
            return;
        }

        Rule.Require(!IsUnproven || packet.IsProbe || packet.Reason is not null, "A server sends nothing but the answer to a probe and the reason of the end on a WebSocket that the client has not moved to.");
        life.Trace($"{side} sends {packet} on the WebSocket");
        link.Carry(this, packet);
    }

    public override void Close()
    {
        if (!_isClosing && !_isPeerClosed)
        {
            life.Trace($"{side} sends a close frame");
            link.Carry(this, null);
        }

        _isClosing = true;
        EndReceiving(null);
        Pump();
        Update();
    }

    public override void Abort()
    {
        _isClosing = true;
        link.Break(isSilent: false);
        _isLost = true;
        EndReceiving(null);
        Update();
    }

    public override void Finish(Action done)
    {
        _onFinished = done;
        Update();
    }

    public void Arrive(Packet? packet)
    {
        _arrived.Enqueue(packet);
        Pump();
    }

    public void Lose()
    {
        _isLost = true;
        Pump();
        Update();
    }

    private void Pump()
    {
        while (_taker is not null && !_isReceived && _arrived.TryDequeue(out var packet))
        {
            if (packet is { } taken)
            {
                life.Trace($"{side} receives {taken} on the WebSocket");
                _taker.Take(taken);
            }
            else
            {
                TakePeerClose();
                EndReceiving(new TransportClose(1000) { Initiator = Initiator.Remote });
            }
        }

        if (_isClosing)
        {
            while (_arrived.TryDequeue(out var packet))
            {
                if (packet is null)
                {
                    TakePeerClose();
                }
            }
        }

        if (_isLost && _taker is not null && !_isReceived)
        {
            EndReceiving(life.Chance(0.5) ? new TransportClose() : new TransportError("reset"));
        }
    }

    private void TakePeerClose()
    {
        life.Trace($"{side} receives a close frame");
        if (!_isClosing)
        {
            link.Carry(this, null);
        }

        _isPeerClosed = true;
        Update();
    }

    private void EndReceiving(DisconnectReason? reason)
    {
        if (_isReceived || _taker is not { } taker)
        {
            return;
        }

        _isReceived = true;
        _taker = null;
        life.Yield(() => taker.TakeEnd(reason));
    }

    private void Update()
    {
        if (_onFinished is { } done && (_isPeerClosed || _isLost))
        {
            _onFinished = null;
            life.Yield(done);
        }
    }
}
