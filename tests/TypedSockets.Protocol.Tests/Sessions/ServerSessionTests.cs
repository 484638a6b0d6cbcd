using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Tests.Sessions;

public sealed class ServerSessionTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_close = TimeSpan.FromSeconds(5);

    [Fact]
    public void EveryStateAndInput_HasTheDecisionOfTheTable() => new SessionTable<ServerSession>(
        "server",
        [Opening, Open, Closing, Closed],
        new Dictionary<string, Func<ServerSession, SessionDecision>>
        {
            ["start"] = session => session.Start(default),
            ["packet open"] = session => session.Receive(PacketType.Open, default),
            ["packet close"] = session => session.Receive(PacketType.Close, default),
            ["packet ping"] = session => session.Receive(PacketType.Ping, default),
            ["packet pong"] = session => session.Receive(PacketType.Pong, default),
            ["packet message"] = session => session.Receive(PacketType.Message, default),
            ["packet upgrade"] = session => session.Receive(PacketType.Upgrade, default),
            ["packet noop"] = session => session.Receive(PacketType.Noop, default),
            ["time before the deadline"] = session => session.Elapse((session.Deadline ?? s_interval) - TimeSpan.FromTicks(1)),
            ["time at the deadline"] = session => session.Elapse(session.Deadline ?? TimeSpan.FromDays(1)),
            ["close here"] = session => session.Close(new ServerDisconnect(), default),
            ["close by the peer"] = session => session.PeerClosed(new ClientDisconnect(), default),
            ["transport ended"] = session => session.TransportEnded(new TransportError("reset")),
        }).AssertIsDocumented();

    [Fact]
    public void Heartbeat_PingsAfterTheInterval_AndAgainAfterEachPong()
    {
        var session = Joined();
        Assert.Equal(s_interval, session.Deadline);
        Assert.Equal(SessionActions.SendPing, session.Elapse(s_interval).Actions);
        var pongAt = s_interval + TimeSpan.FromSeconds(1);
        Assert.Equal(SessionActions.None, session.Receive(PacketType.Pong, pongAt).Actions);
        Assert.Equal(pongAt + s_interval, session.Deadline);
        Assert.Equal(SessionActions.SendPing, session.Elapse(pongAt + s_interval).Actions);
    }

    [Fact]
    public void Heartbeat_WithoutAPong_IsLateAfterAQuarterOfTheTimeout_AndOverAfterAllOfIt()
    {
        var session = Joined();
        session.Elapse(s_interval);
        var late = s_interval + (s_timeout / 4);
        Assert.Equal(late, session.Deadline);
        Assert.Equal(new SessionDecision(SessionActions.ReportLate, null, late), session.Elapse(late));
        Assert.Equal(s_interval + s_timeout, session.Deadline);
        var end = session.Elapse(s_interval + s_timeout);
        Assert.Equal(new PingTimeout(s_interval + s_timeout, s_interval + s_timeout), end.Reason);
        Assert.Equal(SessionActions.SendReason | SessionActions.AbortTransport | SessionActions.ReportEnd, end.Actions);
    }

    [Fact]
    public void Heartbeat_AfterThisEndSlept_IsOverAtOnce()
    {
        var session = Joined();
        session.Elapse(s_interval);
        Assert.Equal(new PingTimeout(TimeSpan.FromHours(8), s_interval + s_timeout), session.Elapse(TimeSpan.FromHours(8)).Reason);
    }

    [Fact]
    public void Heartbeat_LatePong_IsTakenAndReportedOnce()
    {
        var session = Joined();
        session.Elapse(s_interval);
        session.Elapse(s_interval + (s_timeout / 4));
        Assert.Equal(SessionActions.None, session.Elapse(s_interval + (s_timeout / 2)).Actions);
        session.Receive(PacketType.Pong, s_interval + (s_timeout / 2));
        Assert.Equal(s_interval + (s_timeout / 2) + s_interval, session.Deadline);
    }

    [Fact]
    public void Pong_ThatWasNotAskedFor_RestartsTheInterval()
    {
        var session = Joined();
        session.Receive(PacketType.Pong, TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(10) + s_interval, session.Deadline);
    }

    /// <summary>Only a pong proves that the peer takes part: a client whose messages still arrive may be unable to hear.</summary>
    [Fact]
    public void Message_IsNoHeartbeat()
    {
        var session = Joined();
        session.Receive(PacketType.Message, TimeSpan.FromSeconds(24));
        Assert.Equal(s_interval, session.Deadline);
    }

    [Fact]
    public void Client_ThatJoinsNoNamespaceInTime_IsClosed()
    {
        var session = Open();
        session.Elapse(s_interval);
        session.Receive(PacketType.Pong, s_interval);
        Assert.Equal(s_connect, session.Deadline);
        var end = session.Elapse(s_connect);
        Assert.Equal(new ForcedServerClose(s_connect), end.Reason);
        Assert.Equal(SessionActions.SendReason | SessionActions.CloseTransport | SessionActions.ReportEnd, end.Actions);
        Assert.Equal(s_connect + s_close, session.Deadline);
    }

    [Fact]
    public void Client_ThatJoinsInTime_HasOnlyTheHeartbeatLeft()
    {
        var session = new ServerSession(s_interval, s_timeout, connectTimeout: TimeSpan.FromSeconds(1), s_close);
        session.Start(default);
        Assert.Equal(TimeSpan.FromSeconds(1), session.Deadline);
        session.NamespaceJoined();
        Assert.Equal(s_interval, session.Deadline);
        Assert.Equal(SessionActions.None, session.Elapse(TimeSpan.FromSeconds(1)).Actions);
    }

    [Fact]
    public void Joining_WhenTheSessionIsOver_ChangesNothing()
    {
        var session = Closing();
        session.NamespaceJoined();
        Assert.Equal((SessionState.Closing, (TimeSpan?)s_close), (session.State, session.Deadline));
    }

    [Fact]
    public void RandomLives_ReportTheirEndExactlyOnce_AndOnlyMoveOn() => SessionLives.Assert(
        () => new ServerSession(s_interval, s_timeout, s_connect, s_close),
        (session, input, now) => input switch
        {
            0 => session.Start(now),
            < 8 => session.Receive((PacketType)('0' + input - 1), now),
            8 => session.Close(new ServerDisconnect(), now),
            9 => session.PeerClosed(new ClientDisconnect(), now),
            10 => session.TransportEnded(new TransportClose()),
            11 => Join(session),
            _ => session.Elapse(now),
        });

    private static SessionDecision Join(ServerSession session)
    {
        session.NamespaceJoined();
        return SessionDecision.Nothing;
    }

    private static ServerSession Opening() => new(s_interval, s_timeout, s_connect, s_close);

    private static ServerSession Open()
    {
        var session = Opening();
        session.Start(default);
        return session;
    }

    [Fact]
    public void ClientThatLeftItsLastNamespace_HasAsLongForAnother_AsAfterTheHandshake()
    {
        var session = Joined();
        var left = TimeSpan.FromSeconds(1);
        session.LastNamespaceLeft(left);
        session.Elapse(s_interval);
        session.Receive(PacketType.Pong, s_interval);
        Assert.False(session.Elapse(left + s_connect - TimeSpan.FromTicks(1)).Has(SessionActions.ReportEnd));
        Assert.Equal(new ForcedServerClose(s_connect), session.Elapse(left + s_connect).Reason);

        var joined = Joined();
        joined.LastNamespaceLeft(left);
        joined.NamespaceJoined();
        Assert.Equal(s_interval, joined.Deadline);
        joined.Close(new ServerDisconnect(), left);
        joined.LastNamespaceLeft(left);
        Assert.Equal(left + s_close, joined.Deadline);
    }

    private static ServerSession Joined()
    {
        var session = Open();
        session.NamespaceJoined();
        return session;
    }

    private static ServerSession Closing()
    {
        var session = Open();
        session.Close(new ServerDisconnect(), default);
        return session;
    }

    private static ServerSession Closed()
    {
        var session = Open();
        session.TransportEnded(new TransportClose());
        return session;
    }
}
