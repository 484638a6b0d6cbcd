using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Tests.Sessions;

public sealed class ClientSessionTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_open = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_close = TimeSpan.FromSeconds(5);

    [Fact]
    public void EveryStateAndInput_HasTheDecisionOfTheTable() => new SessionTable<ClientSession>(
        "client",
        [Opening, Open, Closing, Closed],
        new Dictionary<string, Func<ClientSession, SessionDecision>>
        {
            ["start"] = session => session.Start(default),
            ["packet open"] = session => session.Opened(s_interval, s_timeout, default),
            ["packet close"] = session => session.Receive(PacketType.Close, default),
            ["packet ping"] = session => session.Receive(PacketType.Ping, default),
            ["packet pong"] = session => session.Receive(PacketType.Pong, default),
            ["packet message"] = session => session.Receive(PacketType.Message, default),
            ["packet upgrade"] = session => session.Receive(PacketType.Upgrade, default),
            ["packet noop"] = session => session.Receive(PacketType.Noop, default),
            ["time before the deadline"] = session => session.Elapse((session.Deadline ?? s_interval) - TimeSpan.FromTicks(1)),
            ["time at the deadline"] = session => session.Elapse(session.Deadline ?? TimeSpan.FromDays(1)),
            ["close here"] = session => session.Close(new ClientDisconnect(), default),
            ["close by the peer"] = session => session.PeerClosed(new ServerDisconnect(), default),
            ["transport ended"] = session => session.TransportEnded(new TransportError("reset")),
        }).AssertIsDocumented();

    [Fact]
    public void Server_ThatSendsNoOpenPacket_IsGivenUp()
    {
        var session = Opening();
        Assert.Equal(s_open, session.Deadline);
        var end = session.Elapse(s_open);
        Assert.IsType<TransportError>(end.Reason);
        Assert.True(end.Reason.AllowsReconnect);
    }

    [Fact]
    public void Heartbeat_EachPingIsAnsweredAndStartsTheTimeAnew()
    {
        var session = Open();
        var late = s_interval + (s_timeout / 4);
        Assert.Equal(late, session.Deadline);
        Assert.Equal(SessionActions.SendPong, session.Receive(PacketType.Ping, s_interval).Actions);
        Assert.Equal(s_interval + late, session.Deadline);
    }

    [Fact]
    public void Heartbeat_WithoutAPing_IsLateAfterTheIntervalAndAQuarter_AndOverAfterTheTimeout()
    {
        var session = Open();
        var late = s_interval + (s_timeout / 4);
        Assert.Equal(new SessionDecision(SessionActions.ReportLate, null, late), session.Elapse(late));
        Assert.Equal(s_interval + s_timeout, session.Deadline);
        Assert.Equal(SessionActions.None, session.Elapse(s_interval + s_timeout - TimeSpan.FromTicks(1)).Actions);
        Assert.Equal(new PingTimeout(s_interval + s_timeout, s_interval + s_timeout), session.Elapse(s_interval + s_timeout).Reason);
    }

    [Fact]
    public void Heartbeat_PingAfterItWasLate_GoesOnAsBefore()
    {
        var session = Open();
        session.Elapse(s_interval + (s_timeout / 4));
        session.Receive(PacketType.Ping, TimeSpan.FromSeconds(40));
        Assert.Equal(TimeSpan.FromSeconds(40) + s_interval + (s_timeout / 4), session.Deadline);
        Assert.Equal(SessionActions.ReportLate, session.Elapse(session.Deadline!.Value).Actions);
    }

    /// <summary>The open packet announces the server's times; the client keeps to them, whatever it would have chosen.</summary>
    [Fact]
    public void Heartbeat_TimesAreTheServers()
    {
        var session = Opening();
        session.Opened(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(4), session.Deadline);
    }

    [Fact]
    public void RandomLives_ReportTheirEndExactlyOnce_AndOnlyMoveOn() => SessionLives.Assert(
        () => new ClientSession(s_open, s_close),
        (session, input, now) => input switch
        {
            0 => session.Start(now),
            1 or 11 => session.Opened(s_interval, s_timeout, now),
            < 8 => session.Receive((PacketType)('0' + input - 1), now),
            8 => session.Close(new ClientDisconnect(), now),
            9 => session.PeerClosed(new ServerDisconnect(), now),
            10 => session.TransportEnded(new TransportClose()),
            _ => session.Elapse(now),
        });

    private static ClientSession Opening()
    {
        var session = new ClientSession(s_open, s_close);
        session.Start(default);
        return session;
    }

    private static ClientSession Open()
    {
        var session = Opening();
        session.Opened(s_interval, s_timeout, default);
        return session;
    }

    private static ClientSession Closing()
    {
        var session = Open();
        session.Close(new ClientDisconnect(), default);
        return session;
    }

    private static ClientSession Closed()
    {
        var session = Open();
        session.TransportEnded(new TransportClose());
        return session;
    }
}
