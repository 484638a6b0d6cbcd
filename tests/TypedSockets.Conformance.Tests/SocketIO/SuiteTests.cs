namespace TypedSockets.Conformance.Tests.SocketIO;

/// <summary>Socket.IO 5, section by section as its own test suite has them, over both transports. What belongs to Engine.IO alone is in <see cref="Engine"/>.</summary>
public sealed class SuiteTests
{
    private const string Bytes = "bAQID";
    private const string MoreBytes = "bBAUG";

    public static TheoryData<TransportKind> Transports { get; } = [TransportKind.Polling, TransportKind.WebSocket];

    /// <summary>What may not be sent, to a namespace that is open.</summary>
    public static TheoryData<TransportKind, string> InvalidPackets { get; } =
    [
        .. from transport in (TransportKind[])[TransportKind.Polling, TransportKind.WebSocket]
           from packet in (string[])["4abc", "42{}", "42abc[\"message-with-ack\",1]", "42[", "42[\"message\",]", "42[\"message\",nul]", "42[]", "42[{}]", "42[\"connect\"]", "49", "4", "44{}", "451-[\"message\",{\"_placeholder\":true,\"num\":1}]", Bytes]
           select new TheoryDataRow<TransportKind, string>(transport, packet),
    ];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Handshake_SaysTheSuitesTimesAndLimits(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        Assert.Equal(
            (300, 200, 1_000_000, transport is TransportKind.Polling ? 1 : 0),
            (session.Open.GetProperty("pingInterval").GetInt32(), session.Open.GetProperty("pingTimeout").GetInt32(), session.Open.GetProperty("maxPayload").GetInt32(), session.Open.GetProperty("upgrades").GetArrayLength()));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_ToTheMainNamespace_IsAllowed(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_WithAPayload_IsTheHandshakesAuth(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.SendAsync("40{\"token\":\"123\"}", "40/custom,{\"token\":\"abc\"}");
        Assert.StartsWith("40{\"sid\":", await session.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("42[\"auth\",{\"token\":\"123\"}]", await session.ReadAsync());
        Assert.StartsWith("40/custom,{\"sid\":", await session.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("42/custom,[\"auth\",{\"token\":\"abc\"}]", await session.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_ToACustomNamespace_IsAllowed(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync("/custom,");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_ToAnUnknownNamespace_IsRefused(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.SendAsync("40/random");
        Assert.Equal("44/random,{\"message\":\"Invalid namespace\"}", await session.ReadAsync());
        await session.JoinAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_WithAnInvalidHandshake_ClosesTheConnection(TransportKind transport)
    {
        foreach (var packet in (string[])["4abc", "40{", "40[]", "42[\"message\"]"])
        {
            await using var server = await SuiteServer.StartAsync();
            await using var session = await SuiteSession.OpenAsync(server, transport);
            await session.SendAsync(packet);
            await session.WaitForCloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_WithoutAHandshakeInTime_ClosesTheConnection(TransportKind transport)
    {
        // Without heartbeats, whose own timeout would come before.
        await using var server = await SuiteServer.StartAsync(options => options.HeartbeatInterval = TimeSpan.FromMinutes(1));
        await using var session = await SuiteSession.OpenAsync(server, transport);
        server.Time.Advance(TimeSpan.FromMilliseconds(1_200));
        await session.WaitForCloseAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Disconnect_FromOneNamespace_LeavesTheOthersOpen(TransportKind transport)
    {
        foreach (var (left, kept) in ((string, string)[])[("", "/custom,"), ("/custom,", "")])
        {
            await using var server = await SuiteServer.StartAsync();
            await using var session = await SuiteSession.OpenAsync(server, transport);
            await session.JoinAsync(left);
            await session.JoinAsync(kept);
            await session.SendAsync($"41{left}", $"42{kept}7[\"nothing\"]");
            Assert.Equal($"43{kept}7[{{\"$fault\":\"NotSupported\"}}]", await session.ReadAsync());
            server.Time.Advance(TimeSpan.FromMilliseconds(400));
            Assert.Equal("2", await session.ReadAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Message_OfPlainText_ComesBack(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync();
        await session.SendAsync("42[\"message\",1,\"2\",{\"3\":[true]}]", "42[\"message\"]");
        Assert.Equal("42[\"message-back\",1,\"2\",{\"3\":[true]}]", await session.ReadAsync());
        Assert.Equal("42[\"message-back\"]", await session.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Message_WithBytes_ComesBack(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync();
        await session.SendAsync("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"in\":[{\"_placeholder\":true,\"num\":1}]}]", Bytes, MoreBytes);
        Assert.Equal("452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"in\":[{\"_placeholder\":true,\"num\":1}]}]", await session.ReadAsync());
        Assert.Equal(Bytes, await session.ReadAsync());
        Assert.Equal(MoreBytes, await session.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Ack_OfPlainText_HasTheArguments(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync();
        await session.SendAsync("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]", "420[\"message-with-ack\"]");
        Assert.Equal("43456[1,\"2\",{\"3\":[false]}]", await session.ReadAsync());
        Assert.Equal("430[]", await session.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Ack_WithBytes_HasTheArguments(TransportKind transport)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync();
        await session.SendAsync("452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", Bytes, MoreBytes);
        Assert.Equal("462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", await session.ReadAsync());
        Assert.Equal(Bytes, await session.ReadAsync());
        Assert.Equal(MoreBytes, await session.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(InvalidPackets))]
    public async Task InvalidPacket_ClosesTheConnection(TransportKind transport, string packet)
    {
        await using var server = await SuiteServer.StartAsync();
        await using var session = await SuiteSession.OpenAsync(server, transport);
        await session.JoinAsync();
        await session.SendAsync(packet);
        await session.WaitForCloseAsync();
    }
}
