using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Sessions;

/// <summary>The server's end: it opens the session, and it pings (Engine.IO 4, "Heartbeat").</summary>
/// <param name="pingInterval">How long it waits between a pong and the next ping.</param>
/// <param name="pingTimeout">How long a pong may take.</param>
/// <param name="connectTimeout">How long the client may take to join its first namespace.</param>
/// <param name="closeTimeout">How long a goodbye may take.</param>
internal sealed class ServerSession(TimeSpan pingInterval, TimeSpan pingTimeout, TimeSpan connectTimeout, TimeSpan closeTimeout) : Session(closeTimeout)
{
    // A pong that takes longer than this part of its time is late.
    private const int LatePart = 4;

    private static readonly TimeSpan s_maxTick = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_never = TimeSpan.MaxValue;

    private TimeSpan _joinBy = s_never;
    private TimeSpan _pingAt = s_never;
    private TimeSpan _lateAt = s_never;
    private TimeSpan _pongBy = s_never;
    private TimeSpan _heardAt;

    public override SessionDecision Start(TimeSpan now)
    {
        if (State is not SessionState.Opening)
        {
            return SessionDecision.Nothing;
        }

        BecomeOpen();
        _heardAt = now;
        _joinBy = now + connectTimeout;
        _pingAt = now + pingInterval;
        UpdateDeadline();
        return new SessionDecision(SessionActions.SendOpen | SessionActions.ReportOpen);
    }

    /// <summary>The client joined a namespace.</summary>
    public void NamespaceJoined()
    {
        _joinBy = s_never;
        if (State is SessionState.Open)
        {
            UpdateDeadline();
        }
    }

    /// <summary>The client is in no namespace any more: it leaves, or joins another as soon as after the handshake.</summary>
    public void LastNamespaceLeft(TimeSpan now)
    {
        if (State is SessionState.Open)
        {
            _joinBy = now + connectTimeout;
            UpdateDeadline();
        }
    }

    public override SessionDecision Receive(PacketType type, TimeSpan now)
    {
        if (State is not SessionState.Open)
        {
            return SessionDecision.Nothing;
        }

        return type switch
        {
            PacketType.Message => new SessionDecision(SessionActions.Deliver),
            PacketType.Pong => TakePong(now),
            PacketType.Close => PeerClosed(new TransportClose { Initiator = Initiator.Remote }, now),
            PacketType.Ping => Violate("A client sent a ping; only a server may.", now),
            PacketType.Open or PacketType.Upgrade or PacketType.Noop => Violate($"A client sent a packet of type {type} on an open session.", now),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a packet type."),
        };
    }

    private protected override SessionDecision ElapseWhileAlive(TimeSpan now)
    {
        if (_pongBy <= now)
        {
            return GiveUp(new PingTimeout(now - _heardAt, pingInterval + pingTimeout), now);
        }

        if (_joinBy <= now)
        {
            return Close(new ForcedServerClose(connectTimeout), now);
        }

        var actions = SessionActions.None;
        if (_pingAt <= now)
        {
            // Counted from when the ping was due, not from when a tick came to it; but a server that slept gives its clients their whole time.
            var sentAt = now - _pingAt < s_maxTick ? _pingAt : now;
            (_pingAt, _lateAt, _pongBy) = (s_never, sentAt + (pingTimeout / LatePart), sentAt + pingTimeout);
            actions = SessionActions.SendPing;
        }
        else if (_lateAt <= now)
        {
            _lateAt = s_never;
            actions = SessionActions.ReportLate;
        }

        UpdateDeadline();
        return new SessionDecision(actions, Silence: now - _heardAt);
    }

    private SessionDecision TakePong(TimeSpan now)
    {
        _heardAt = now;
        // An unsolicited pong restarts the interval, as it does at Socket.IO's server.
        (_pingAt, _lateAt, _pongBy) = (now + pingInterval, s_never, s_never);
        UpdateDeadline();
        return SessionDecision.Nothing;
    }

    private void UpdateDeadline()
    {
        var deadline = _pingAt != s_never ? _pingAt : _lateAt != s_never ? _lateAt : _pongBy;
        Deadline = _joinBy < deadline ? _joinBy : deadline;
    }
}
