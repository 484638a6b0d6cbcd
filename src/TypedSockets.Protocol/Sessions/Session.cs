using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Sessions;

/// <summary>
/// One end of an Engine.IO 4 session as a pure state machine: inputs in, decisions out. It has no I/O, no clock and no lock; whoever drives it gives it the time, monotonic and
/// from any beginning, carries out what it decides, and comes back with <see cref="Elapse"/> at <see cref="Deadline"/>. The table of states and inputs is in
/// docs/protocol/session.md.
/// </summary>
internal abstract class Session(TimeSpan closeTimeout)
{
    public SessionState State { get; private set; } = SessionState.Opening;

    /// <summary>Why the session ended; null while it has not.</summary>
    public DisconnectReason? Reason { get; private set; }

    /// <summary>When <see cref="Elapse"/> is wanted next; null when time changes nothing.</summary>
    public TimeSpan? Deadline { get; private protected set; }

    /// <summary>The transport is ready.</summary>
    public abstract SessionDecision Start(TimeSpan now);

    /// <summary>A packet arrived. What an open packet says is checked by the caller, who then calls <see cref="ClientSession.Opened"/>.</summary>
    public abstract SessionDecision Receive(PacketType type, TimeSpan now);

    /// <summary>Time has passed.</summary>
    public SessionDecision Elapse(TimeSpan now)
    {
        if (Deadline is not { } deadline || now < deadline)
        {
            return SessionDecision.Nothing;
        }

        if (State is SessionState.Closing)
        {
            // The peer does not say goodbye: the reason stands, the transport is cut.
            Deadline = null;
            return new SessionDecision(SessionActions.AbortTransport);
        }

        return ElapseWhileAlive(now);
    }

    /// <summary>This end wants to end the session.</summary>
    public SessionDecision Close(DisconnectReason reason, TimeSpan now) => End(reason, SessionActions.SendReason | SessionActions.CloseTransport, now);

    /// <summary>The peer said that it ends the session, and why.</summary>
    public SessionDecision PeerClosed(DisconnectReason reason, TimeSpan now) => End(reason, SessionActions.CloseTransport, now);

    /// <summary>The transport has ended, by itself or because it was closed.</summary>
    /// <param name="reason">How it ended; counts only when nobody had a reason before.</param>
    public SessionDecision TransportEnded(DisconnectReason reason)
    {
        var wasAlive = State is SessionState.Opening or SessionState.Open;
        State = SessionState.Closed;
        Deadline = null;
        if (!wasAlive)
        {
            return SessionDecision.Nothing;
        }

        Reason = reason;
        return new SessionDecision(SessionActions.ReportEnd, reason);
    }

    private protected abstract SessionDecision ElapseWhileAlive(TimeSpan now);

    private protected void BecomeOpen() => State = SessionState.Open;

    private protected SessionDecision Violate(string violation, TimeSpan now) => Close(new ForcedClose(violation), now);

    /// <summary>The peer is silent: there is nobody to say goodbye to.</summary>
    private protected SessionDecision GiveUp(DisconnectReason reason, TimeSpan now) => End(reason, SessionActions.SendReason | SessionActions.AbortTransport, now);

    private SessionDecision End(DisconnectReason reason, SessionActions actions, TimeSpan now)
    {
        if (State is SessionState.Closing or SessionState.Closed)
        {
            return SessionDecision.Nothing;
        }

        State = SessionState.Closing;
        Reason = reason;
        Deadline = now + closeTimeout;
        return new SessionDecision(actions | SessionActions.ReportEnd, reason);
    }
}
