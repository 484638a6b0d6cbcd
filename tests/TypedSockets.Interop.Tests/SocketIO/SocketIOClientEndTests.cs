using TypedSockets.Lifecycle.Tests;
using static TypedSockets.Interop.Tests.SocketIO.SocketIOClientTests;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>How a connection of Socket.IO's own client to our server ends: what the client sees, what the hub sees, and whether the client comes back. The table of docs/protocol/socketio.md.</summary>
[Trait("Category", "Node")]
public sealed class SocketIOClientEndTests
{
    public static TheoryData<string> Ways { get; } = ["polling", "websocket", "polling,websocket", "polling --msgpack", "websocket --msgpack"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_Disconnects(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await client.TellAsync(new { op = "disconnect", nsp = "/peer" });
        Assert.Equal(("io client disconnect", false), Reason(await client.NextAsync("disconnect")));
        await AssertEndAsync<ClientDisconnect>(server, id, Initiator.Remote, "client namespace disconnect");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Hub_Disconnects(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await client.EmitAsync("Kick", "enough");
        Assert.Equal(("io server disconnect", false), Reason(await client.NextAsync("disconnect")));
        await AssertEndAsync<ServerDisconnect>(server, id, Initiator.Local, "server namespace disconnect");
        // It comes back by hand, on a connection of its own.
        await client.TellAsync(new { op = "reconnect", nsp = "/peer" });
        Assert.NotEqual(id, (await client.NextAsync("connect")).GetProperty("id").GetString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Server_ShutsDown_AndTheClientComesBackToTheNext(string way)
    {
        var server = await PeerServer.StartAsync();
        var port = server.Address.Port;
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await HoldPollAsync(server, way);
        await server.StopAsync();
        Assert.Equal(("transport close", true), Reason(await client.NextAsync("disconnect")));
        await AssertEndAsync<ServerShuttingDown>(server, id, Initiator.Local, "server shutting down");
        await server.DisposeAsync();

        await using var next = await PeerServer.StartAsync(port: port);
        Assert.NotEqual(id, (await client.NextAsync("connect")).GetProperty("id").GetString());
        Assert.Equal("\"again\"", await client.AskAsync("Echo", "again"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_SendsWhatIsNoPacketOfSocketIO(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await HoldPollAsync(server, way);
        await client.TellAsync(new { op = "write", text = "9 nonsense" });
        Assert.Equal(("transport close", true), Reason(await client.NextAsync("disconnect")));
        await AssertEndAsync<ForcedClose>(server, id, Initiator.Local, "forced close");
        Assert.NotEqual(id, (await client.NextAsync("connect")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("polling", "attachments that do not come", "51-/peer,[\"Send\",{\"_placeholder\":true,\"num\":0}]|2/peer,[\"Say\",\"x\"]")]
    [InlineData("websocket", "attachments that do not come", "51-/peer,[\"Send\",{\"_placeholder\":true,\"num\":0}]|2/peer,[\"Say\",\"x\"]")]
    [InlineData("websocket", "connected twice", "0/peer,")]
    [InlineData("polling", "connected twice", "0/peer,")]
    [InlineData("websocket", "an event of a namespace that is not joined", "2/other,[\"a\"]")]
    [InlineData("websocket", "what only servers send", "4/peer,{\"message\":\"no\"}")]
    [InlineData("websocket", "arguments that are no JSON", "2/peer,[\"Say\",tru]")]
    public async Task Client_BreaksARuleOfSocketIO(string way, string rule, string messages)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await HoldPollAsync(server, way);
        foreach (var text in messages.Split('|'))
        {
            await client.TellAsync(new { op = "write", text });
        }

        Assert.True(Reason(await client.NextAsync("disconnect")) == ("transport close", true), rule);
        await AssertEndAsync<ForcedClose>(server, id, Initiator.Local, "forced close");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_SendsWhatIsNoPacketOfEngineIO(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await HoldPollAsync(server, way);
        await client.TellAsync(new { op = "raw", text = "zzz" });
        Assert.Equal(("transport close", true), Reason(await client.NextAsync("disconnect")));
        await AssertEndAsync<ParseError>(server, id, Initiator.Local, "parse error");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_JoinsNothing(string way)
    {
        await using var server = await PeerServer.StartAsync(options => options.ConnectTimeout = TimeSpan.FromMilliseconds(300));
        await using var client = await SocketIOPeer.StartClientAsync(server.Address, way);
        await client.TellAsync(new { op = "open" });
        Assert.Equal("transport close", (await client.NextAsync("close")).GetProperty("reason").GetString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Client_IsStopped(string way)
    {
        await using var server = await PeerServer.StartAsync(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2)));
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await client.Program.FreezeAsync();
        await AssertEndAsync<PingTimeout>(server, id, Initiator.Network, "ping timeout");
    }

    [Theory]
    [InlineData("polling", true)]
    [InlineData("websocket", false)]
    [InlineData("polling,websocket", false)]
    [InlineData("websocket --msgpack", false)]
    public async Task Client_IsKilled(string way, bool isError)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await HoldPollAsync(server, way);
        await client.Program.KillAsync();
        var reason = await server.Log.WhenEndedAsync(id);
        Assert.Equal((isError ? DisconnectCode.TransportError : DisconnectCode.TransportClose, Initiator.Network), (reason.Code, reason.Initiator));
    }

    [Theory]
    [InlineData("polling", "transport error")]
    [InlineData("websocket", "transport close")]
    [InlineData("polling,websocket", "transport close")]
    [InlineData("websocket --msgpack", "transport close")]
    public async Task Server_IsKilled(string way, string expected)
    {
        await using var server = await PeerProcess.StartAsync("server", "10000");
        var (client, _) = await SocketIOPeer.ConnectAsync(new Uri(server.Ready), way, "/play");
        await using var _1 = client;
        await server.KillAsync();
        Assert.Equal((expected, true), Reason(await client.NextAsync("disconnect")));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Server_IsStopped(string way)
    {
        await using var server = await PeerProcess.StartAsync("server", "1000");
        var (client, _) = await SocketIOPeer.ConnectAsync(new Uri(server.Ready), way, "/play");
        await using var _1 = client;
        await server.FreezeAsync();
        Assert.Equal(("ping timeout", true), Reason(await client.NextAsync("disconnect")));
    }

    [Theory]
    [InlineData("websocket", 10_000, "transport close", typeof(PayloadTooLarge), "transport error")]
    [InlineData("polling", 10_000, "transport close", typeof(PayloadTooLarge), "transport error")]
    [InlineData("polling", 20_000, "transport error", typeof(TransportClose), "transport close")]
    public async Task Client_SendsMoreThanIsAllowed(string way, int length, string seenByClient, Type seenByHub, string hubs)
    {
        await using var server = await PeerServer.StartAsync(options => options.MaxPayloadBytes = 10_000);
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await client.EmitAsync("Say", new string('x', length));
        Assert.Equal((seenByClient, true), Reason(await client.NextAsync("disconnect")));
        var reason = await server.Log.WhenEndedAsync(id);
        Assert.Equal((seenByHub, hubs), (reason.GetType(), reason.ToSocketIO(Side.Server)));
    }

    // The first poll brings the CONNECT; from the second on nobody is between two polls.
    private static Task HoldPollAsync(PeerServer server, string way) => way.StartsWith("polling", StringComparison.Ordinal) && !way.Contains(',') ? server.WhenPollHeldAsync(2) : Task.CompletedTask;

    private static async Task AssertEndAsync<T>(PeerServer server, string id, Initiator initiator, string socketIO) where T : DisconnectReason
    {
        var reason = await server.Log.WhenEndedAsync(id);
        Assert.IsType<T>(reason);
        Assert.Equal((initiator, socketIO), (reason.Initiator, reason.ToSocketIO(Side.Server)));
    }
}
