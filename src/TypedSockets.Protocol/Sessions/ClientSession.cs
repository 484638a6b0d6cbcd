using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Sessions;

/// <summary>The client's end: it waits for the open packet, and it answers pings (Engine.IO 4, "Heartbeat").</summary>
/// <param name="openTimeout">How long the open packet may take.</param>
/// <param name="closeTimeout">How long a goodbye may take.</param>
internal sealed class ClientSession(TimeSpan openTimeout, TimeSpan closeTimeout) : Session(closeTimeout)
{
    // A ping that takes longer than the interval and this part of the timeout is late.
    private const int LatePart = 4;

    private TimeSpan _pingInterval;
    private TimeSpan _pingTimeout;
    private TimeSpan _heardAt;
    private bool _isLate;

    public override SessionDecision Start(TimeSpan now)
    {
        if (State is SessionState.Opening)
        {
            Deadline = now + openTimeout;
        }

        return SessionDecision.Nothing;
    }

    /// <summary>The open packet came and was read. From now on the server must ping in time.</summary>
    public SessionDecision Opened(TimeSpan pingInterval, TimeSpan pingTimeout, TimeSpan now)
    {
        if (State is SessionState.Open)
        {
            return Violate("A server sent a second open packet.", now);
        }

        if (State is not SessionState.Opening)
        {
            return SessionDecision.Nothing;
        }

        (_pingInterval, _pingTimeout) = (pingInterval, pingTimeout);
        BecomeOpen();
        Hear(now);
        return new SessionDecision(SessionActions.ReportOpen);
    }

    public override SessionDecision Receive(PacketType type, TimeSpan now)
    {
        switch (State, type)
        {
            case (SessionState.Closing or SessionState.Closed, _):
                return SessionDecision.Nothing;
            case (_, PacketType.Close):
                return PeerClosed(new TransportClose { Initiator = Initiator.Remote }, now);
            case (SessionState.Opening, _):
                return Violate($"A server sent a packet of type {type} before the open packet.", now);
            case (_, PacketType.Message):
                return new SessionDecision(SessionActions.Deliver);
            case (_, PacketType.Ping):
                Hear(now);
                return new SessionDecision(SessionActions.SendPong);
            case (_, PacketType.Noop):
                return SessionDecision.Nothing;
            case (_, PacketType.Pong or PacketType.Upgrade):
                return Violate($"A server sent a packet of type {type} on an open session.", now);
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Not a packet type that is received here; an open packet goes to Opened.");
        }
    }

    private protected override SessionDecision ElapseWhileAlive(TimeSpan now)
    {
        var silence = now - _heardAt;
        if (State is SessionState.Opening)
        {
            return GiveUp(new TransportError($"The server sent no open packet within {openTimeout.TotalSeconds:0.###} s."), now);
        }

        if (_isLate)
        {
            return GiveUp(new PingTimeout(silence, _pingInterval + _pingTimeout), now);
        }

        _isLate = true;
        Deadline = _heardAt + _pingInterval + _pingTimeout;
        return new SessionDecision(SessionActions.ReportLate, Silence: silence);
    }

    private void Hear(TimeSpan now)
    {
        _heardAt = now;
        _isLate = false;
        Deadline = now + _pingInterval + (_pingTimeout / LatePart);
    }
}
