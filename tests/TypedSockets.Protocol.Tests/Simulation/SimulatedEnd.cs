using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>One end of the session: does what <see cref="Protocol.Connections.Connection"/> does, in the same order, and counts what the other end's application gets to see.</summary>
internal abstract class SimulatedEnd(Life life, Session session, string name, TimeSpan tick) : IPacketTaker
{
    private readonly List<DisconnectReason> _ends = [];
    private TimeSpan _jumped;
    private TimeSpan? _armed;
    private bool _isOver;

    public Session Session => session;

    /// <summary>Why the session ended, as the application was told; null while it was not.</summary>
    public DisconnectReason? Reason => _ends.Count > 0 ? _ends[0] : null;

    /// <summary>When the application was told.</summary>
    public TimeSpan EndedAt { get; private set; }

    /// <summary>When the last transport was handed back; null while it was not.</summary>
    public TimeSpan? FinishedAt { get; private set; }

    public bool IsUpgrading => Upgrade is not null;

    public bool IsStarted { get; private protected set; }

    public bool IsCrashed { get; private set; }

    public bool IsFinished => FinishedAt is not null;

    public int Sent { get; private set; }

    public int Delivered { get; private set; }

    /// <summary>How long the application takes over what it receives.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>This end's clock, which may be ahead of the other's.</summary>
    public TimeSpan Now => life.Now + _jumped;

    public SimulatedTransport? Transport { get; private protected set; }

    private protected Life Life => life;

    private protected SimulatedProbe? Upgrade { get; set; }

    private protected abstract SimulatedEnd Peer { get; }

    /// <summary>The application sends a message.</summary>
    public void Say()
    {
        if (IsCrashed || session.State is not SessionState.Open)
        {
            return;
        }

        Sent++;
        if (Upgrade is not null)
        {
            life.Reach(LifePath.SentWhileUpgrading);
        }

        Transport!.Send(new Packet(PacketType.Message, Sent));
    }

    /// <summary>The application ends the session.</summary>
    public void Close(DisconnectReason reason)
    {
        if (!IsCrashed && IsStarted)
        {
            life.Trace($"{name} closes with {reason.Code}");
            Input(session.Close(reason, Now));
        }
    }

    public void Crash()
    {
        life.Trace($"{name} crashes");
        IsCrashed = true;
    }

    /// <summary>The clock jumps ahead, as when the machine slept.</summary>
    public void Jump(TimeSpan time)
    {
        if (IsCrashed || !IsStarted)
        {
            return;
        }

        life.Trace($"the clock of the {name} jumps by {time.TotalSeconds} s");
        _jumped += time;
        OnDue();
        Upgrade?.OnDue();
    }

    public void Take(Packet packet)
    {
        if (IsCrashed)
        {
            return;
        }

        if (packet.Reason is { } reason)
        {
            if (session.State is SessionState.Open)
            {
                Input(session.PeerClosed(Turn(reason), Now));
            }

            return;
        }

        var decision = Decide(packet);
        if (decision.Has(SessionActions.Deliver))
        {
            Deliver(packet.Number);
        }

        Input(decision);
    }

    public void TakeEnd(DisconnectReason? reason)
    {
        if (IsCrashed)
        {
            return;
        }

        if (Transport!.Successor is { } successor)
        {
            life.Trace($"{name} follows to the WebSocket");
            Transport = successor;
            successor.Receive(this);
            return;
        }

        if (reason is not null)
        {
            Input(session.TransportEnded(reason));
        }

        Transport.Finish(() =>
        {
            if (!IsCrashed)
            {
                Input(session.TransportEnded(new TransportClose()));
                FinishedAt = life.Now;
                life.Trace($"{name} is finished");
            }
        });
    }

    /// <summary>Checks what must be true of this end when its life is over.</summary>
    public void Judge()
    {
        Rule.Require(_ends.Count <= 1, $"The {name} ends once.");
        Rule.Require(Delivered <= Peer.Sent, $"The {name} gets nothing that was not sent.");
        if (IsCrashed || !IsStarted)
        {
            return;
        }

        Rule.Require(_ends.Count == 1, $"The {name} is told that the session ended.");
        Rule.Require(session.State is SessionState.Closed && IsFinished, $"The {name} hands its transport back; its session is {session.State}.");
        Rule.Require(session.Deadline is null, $"The {name} leaves no deadline behind.");
        Rule.Require(Upgrade is null, $"The {name} leaves no upgrade behind.");
        Rule.Require(ReferenceEquals(session.Reason, Reason), $"The {name} is told the reason that stands.");
    }

    public override string ToString() => name;

    private protected void Input(SessionDecision decision)
    {
        Apply(decision);
        Arm();
    }

    private protected virtual SessionDecision Decide(Packet packet) => session.Receive(packet.Type, Now);

    private protected virtual void OnOpen()
    {
    }

    private protected virtual void OnDelivered()
    {
    }

    private void Apply(SessionDecision decision)
    {
        if (decision.Has(SessionActions.SendOpen))
        {
            Transport!.Send(new Packet(PacketType.Open));
        }

        if (decision.Has(SessionActions.SendPing))
        {
            if (Upgrade is not null)
            {
                life.Reach(LifePath.PingWhileUpgrading);
            }

            Transport!.Send(new Packet(PacketType.Ping));
        }

        if (decision.Has(SessionActions.SendPong))
        {
            Transport!.Send(new Packet(PacketType.Pong));
        }

        if (decision.Has(SessionActions.ReportOpen))
        {
            OnOpen();
        }

        if (decision.Has(SessionActions.ReportEnd))
        {
            End(decision, decision.Reason!);
        }
        else if (decision.Has(SessionActions.AbortTransport))
        {
            life.Reach(LifePath.GoodbyeUnanswered);
            Transport!.Abort();
        }
    }

    private void End(SessionDecision decision, DisconnectReason reason)
    {
        Rule.Require(!_isOver, $"The {name} ends once.");
        _isOver = true;
        EndedAt = life.Now;
        life.Trace($"{name} ends with {reason.Code}: {reason.Description}");
        var saysWhyOnBoth = false;
        if (decision.Has(SessionActions.SendReason))
        {
            saysWhyOnBoth = !Transport!.HasWaiting;
            Transport.Send(new Packet(PacketType.Message, Reason: reason));
        }

        if (decision.Has(SessionActions.CloseTransport))
        {
            Transport!.Close();
        }

        if (decision.Has(SessionActions.AbortTransport))
        {
            Transport!.Abort();
        }

        var upgrade = Upgrade;
        Upgrade = null;
        if (saysWhyOnBoth)
        {
            upgrade?.Proven?.Send(new Packet(PacketType.Message, Reason: reason));
        }

        upgrade?.OnSessionEnded();
        _ends.Add(reason);
    }

    private void Deliver(int number)
    {
        Rule.Require(_ends.Count == 0, $"The {name} gets nothing after its end.");
        Rule.Require(number == Delivered + 1, $"The {name} gets message {Delivered + 1} next, not {number}.");
        Delivered = number;
        OnDelivered();
    }

    private void Arm()
    {
        if (session.Deadline is { } deadline && deadline != _armed)
        {
            _armed = deadline;
            var wait = deadline - Now;
            life.After((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + life.Within(tick), OnDue);
        }
    }

    private void OnDue()
    {
        if (!IsCrashed)
        {
            // A jump of the clock leaves the timer behind.
            _armed = null;
            Input(session.Elapse(Now));
        }
    }

    // A reason crosses the wire with its initiator turned round.
    private static DisconnectReason Turn(DisconnectReason reason) => reason with { Initiator = reason.Initiator is Initiator.Local ? Initiator.Remote : Initiator.Local };
}
