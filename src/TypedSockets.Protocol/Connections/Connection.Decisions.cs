using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Connections;

/// <summary>Puts inputs to the session machine, one at a time, and carries out what it decides.</summary>
internal abstract partial class Connection
{
    private protected SessionDecision Decide(Func<Session, SessionDecision> input) => Decide(static (session, input) => input(session), input);

    /// <summary>For what happens often: <paramref name="input"/> captures nothing, what it needs comes with it.</summary>
    private SessionDecision Decide<TArgument>(Func<Session, TArgument, SessionDecision> input, TArgument argument)
    {
        lock (_session)
        {
            var before = _session.Deadline;
            var decision = input(_session, argument);
            if (_session.Deadline != before && _session.Deadline is { } deadline)
            {
                Wheel.Schedule(this, deadline);
            }

            return decision;
        }
    }

    private SessionDecision Receive(PacketType type) => Decide(static (session, packet) => session.Receive(packet.Type, packet.Now), (Type: type, Wheel.Now));

    private void Elapse(TimeSpan now) => Apply(Decide(static (session, now) => session.Elapse(now), now), default);

    private protected void Input(Func<Session, SessionDecision> input) => Apply(Decide(input), default);

    private void Apply(SessionDecision decision, ReadOnlySpan<byte> data)
    {
        if (decision.Actions is SessionActions.None)
        {
            return;
        }

        if (decision.Has(SessionActions.SendOpen))
        {
            SendOpen();
        }

        if (decision.Has(SessionActions.SendPing))
        {
            Transport.SendText([(byte)PacketType.Ping]);
        }

        if (decision.Has(SessionActions.SendPong))
        {
            SendPong(data);
        }

        if (decision.Has(SessionActions.ReportOpen))
        {
            OnOpen();
        }

        if (decision.Has(SessionActions.ReportLate))
        {
            OnLate(decision.Silence);
        }

        if (decision.Has(SessionActions.ReportEnd))
        {
            End(decision, decision.Reason!);
        }
        else if (decision.Has(SessionActions.AbortTransport))
        {
            Transport.Abort();
        }
    }

    private void End(SessionDecision decision, DisconnectReason reason)
    {
        var saysWhyOnBoth = false;
        // A client on HTTP long-polling that has the reason fetches nothing more, and so no goodbye that comes behind it.
        Transport.SendTogether(() =>
        {
            if (decision.Has(SessionActions.SendReason))
            {
                // Whoever hears a goodbye has heard all that was said before.
                saysWhyOnBoth = Transport.QueuedPackets == 0;
                SendReason(Transport, reason);
            }

            if (decision.Has(SessionActions.CloseTransport))
            {
                Transport.Close(_closeCode ?? CloseCode.Of(reason), reason.Description);
            }
        });

        if (decision.Has(SessionActions.AbortTransport))
        {
            Transport.Abort();
        }

        AbandonUpgrade(saysWhyOnBoth ? reason : null);
        OnEnd(reason);
    }

    private void SendPong(ReadOnlySpan<byte> data)
    {
        Span<byte> pong = stackalloc byte[1 + FrameHeader.MaxControlPayload];
        pong[0] = (byte)PacketType.Pong;
        data = data[..Math.Min(data.Length, FrameHeader.MaxControlPayload)];
        data.CopyTo(pong[1..]);
        Transport.SendText(pong[..(1 + data.Length)]);
    }
}
