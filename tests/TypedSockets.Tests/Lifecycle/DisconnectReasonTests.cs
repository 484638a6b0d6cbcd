namespace TypedSockets.Tests.Lifecycle;

/// <summary>What each reason is called on each end, and whether a client comes back. The table is the documentation's; a reason that is not in it fails the tests.</summary>
public sealed class DisconnectReasonTests
{
    private static readonly Row[] s_table =
    [
        new(new ClientDisconnect(), 100, Initiator.Local, false, "io client disconnect", "client namespace disconnect", "The client closed the connection."),
        new(new ServerDisconnect(), 101, Initiator.Local, false, "io server disconnect", "server namespace disconnect", "The server closed the connection."),
        new(new ServerDisconnect("be nice"), 101, Initiator.Local, false, "io server disconnect", "server namespace disconnect", "The server closed the connection: be nice"),
        new(new ServerShuttingDown(), 102, Initiator.Local, true, "transport close", "server shutting down", "The server is shutting down."),
        new(new ServerShuttingDown(TimeSpan.FromSeconds(1.5)), 102, Initiator.Local, true, "transport close", "server shutting down",
            "The server is shutting down; it asks to wait 1.5 s before coming back."),
        new(new TransportClose(), 200, Initiator.Network, true, "transport close", "transport close", "The transport was closed without a goodbye."),
        new(new TransportClose(1001), 200, Initiator.Network, true, "transport close", "transport close", "The transport was closed with code 1001."),
        new(new TransportClose(1001, "bye"), 200, Initiator.Network, true, "transport close", "transport close", "The transport was closed with code 1001: bye"),
        new(new TransportError("reset"), 201, Initiator.Network, true, "transport error", "transport error", "The transport failed: reset"),
        new(new PingTimeout(TimeSpan.FromSeconds(45.25), TimeSpan.FromSeconds(45)), 202, Initiator.Network, true, "ping timeout", "ping timeout",
            "Nothing was heard for 45.25 s; the limit is 45 s."),
        new(new ParseError("byte 3"), 300, Initiator.Local, true, "parse error", "parse error", "A packet cannot be read: byte 3"),
        new(new ForcedClose("a second open"), 301, Initiator.Local, true, "forced close", "forced close", "The protocol was violated: a second open"),
        new(new ForcedServerClose(TimeSpan.FromSeconds(45)), 302, Initiator.Local, true, "transport close", "forced server close", "No namespace was joined within 45 s."),
        new(new PayloadTooLarge(1_234_567, 1_000_000), 303, Initiator.Local, true, "transport close", "transport error",
            "A message of 1,234,567 bytes exceeds the limit of 1,000,000 bytes."),
        new(new RateLimited(), 304, Initiator.Local, true, "transport close", "forced close", "The client sent too many events."),
        new(new RateLimited(TimeSpan.FromSeconds(1.5)), 304, Initiator.Local, true, "transport close", "forced close",
            "The client sent too many events; the server asks to wait 1.5 s before coming back."),
        new(new HandshakeRejected(404, "Not Found"), 400, Initiator.Remote, false, "transport error", "transport error", "The server refused the handshake with status 404: Not Found"),
        new(new HandshakeRejected(408, "Request Timeout"), 400, Initiator.Remote, true, "transport error", "transport error",
            "The server refused the handshake with status 408: Request Timeout"),
        new(new HandshakeRejected(429, "Too Many Requests"), 400, Initiator.Remote, true, "transport error", "transport error",
            "The server refused the handshake with status 429: Too Many Requests"),
        new(new HandshakeRejected(499, "?"), 400, Initiator.Remote, false, "transport error", "transport error", "The server refused the handshake with status 499: ?"),
        new(new HandshakeRejected(500, "?"), 400, Initiator.Remote, true, "transport error", "transport error", "The server refused the handshake with status 500: ?"),
        new(new ContractMismatch("no '/chat'"), 401, Initiator.Remote, false, "connect_error", "server namespace disconnect", "The contract does not match: no '/chat'"),
        new(new Unauthorized(), 402, Initiator.Local, false, "connect_error", "server namespace disconnect", "The server did not accept the client."),
        new(new Unauthorized("no ticket") { Data = "7" }, 402, Initiator.Local, false, "connect_error", "server namespace disconnect", "The server did not accept the client: no ticket"),
        new(new AuthenticationExpired(), 403, Initiator.Local, true, "transport close", "forced close", "The authentication of the client has expired."),
        new(new SlowConsumer(2_000_000, 1_000_000), 500, Initiator.Local, true, "transport close", "forced close",
            "2,000,000 bytes are waiting to be sent; the limit is 1,000,000 bytes (MaxQueuedBytes)."),
        new(new SlowConsumer(70_000, 65_536) { Unit = QueueUnit.Packets }, 500, Initiator.Local, true, "transport close", "forced close",
            "70,000 packets are waiting to be sent; the limit is 65,536 packets (MaxQueuedPackets)."),
        new(new HandlerFault("OnConnected"), 501, Initiator.Local, false, "io server disconnect", "server namespace disconnect", "The handler of 'OnConnected' failed."),
    ];

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, s_table.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reason_IsWhatTheTableSays(int index)
    {
        var row = s_table[index];
        var reason = row.Reason;
        Assert.Equal(row.Code, (int)reason.Code);
        Assert.Equal(row.Initiator, reason.Initiator);
        Assert.Equal(row.AllowsReconnect, reason.AllowsReconnect);
        Assert.Equal(row.OnTheClient, reason.ToSocketIO(Side.Client));
        Assert.Equal(row.OnTheServer, reason.ToSocketIO(Side.Server));
        Assert.Equal(row.Description, reason.Description);
        Assert.Equal(row.Description, reason.ToString());
    }

    [Fact]
    public void Hierarchy_EveryReasonIsSealedAndInTheTable()
    {
        var reasons = typeof(DisconnectReason).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DisconnectReason))).ToHashSet();
        Assert.All(reasons, type => Assert.True(type.IsSealed && type.IsPublic, type.Name));
        Assert.Equal(reasons.Select(type => type.Name).Order(), s_table.Select(row => row.Reason.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Code_IsOneReasonsOwn_AndHasItsName()
    {
        var kinds = s_table.Select(row => (row.Reason.Code, row.Reason.GetType().Name)).Distinct().ToArray();
        Assert.All(kinds, kind => Assert.Equal(kind.Name, kind.Code.ToString()));
        Assert.Equal(Enum.GetValues<DisconnectCode>(), kinds.Select(kind => kind.Code).Order());
    }

    [Fact]
    public void Equality_IsByValue_AndTheInitiatorCounts()
    {
        Assert.Equal(new ServerDisconnect("a"), new ServerDisconnect("a"));
        Assert.NotEqual(new ServerDisconnect("a"), new ServerDisconnect("a") { Initiator = Initiator.Remote });
        Assert.NotEqual<DisconnectReason>(new ParseError("a"), new ForcedClose("a"));
    }

    private sealed record Row(DisconnectReason Reason, int Code, Initiator Initiator, bool AllowsReconnect, string OnTheClient, string OnTheServer, string Description);
}
