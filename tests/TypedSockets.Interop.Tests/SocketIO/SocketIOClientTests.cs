namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>Socket.IO's own client for JavaScript against our server: everything its packets carry, over each transport and with each parser.</summary>
[Trait("Category", "Node")]
public sealed class SocketIOClientTests
{
    private const string Beyond = "é 漢字 😀 \" \\ \u2028 <&>";

    public static TheoryData<string> Ways { get; } = ["polling", "websocket", "polling,websocket", "polling --msgpack", "websocket --msgpack", "polling,websocket --msgpack"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Requests_InBothDirections_AreAnsweredWithTextObjectsAndBytes(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, _) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;

        Assert.Equal(Json(Beyond), Normal(await client.AskAsync("Echo", Beyond)));
        Assert.Equal(Json(Bytes(1, 2, 3, 4, 5)), Normal(await client.AskAsync("Concat", Bytes(1, 2), Bytes(3, 4, 5))));
        Assert.Equal(Json(Bytes()), Normal(await client.AskAsync("Concat", Bytes(), Bytes())));
        var inner = new { name = Beyond, count = -3, content = Bytes(7, 8), tags = (string[])["a", Beyond], inner = (object?)null };
        Assert.Equal(Json(new { name = $"around {Beyond}", count = -2, content = Bytes(8, 7), tags = (string[])["outer", "a", Beyond], inner }), Normal(await client.AskAsync("Wrap", inner)));
        Assert.Equal("undefined", await client.AskAsync("Enter", "room"));
        Assert.Equal(Json("why?!"), Normal(await client.AskAsync("AskBack", "why?")));
        Assert.Equal(Json(Bytes(3, 2, 1)), Normal(await client.AskAsync("AskBackBytes", Bytes(1, 2, 3))));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Events_ReachClientsOfEveryCodecInOrder_AndOnlyThoseInTheRoom(string way)
    {
        await using var server = await PeerServer.StartAsync();
        await using var typed = new PeerClient(server.Address);
        await typed.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        var (first, _) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = first;
        var (text, _) = await SocketIOPeer.ConnectAsync(server.Address, "websocket");
        await using var _2 = text;
        var (msgpack, _) = await SocketIOPeer.ConnectAsync(server.Address, "websocket --msgpack");
        await using var _3 = msgpack;

        await typed.Server.Enter("room");
        await msgpack.AskAsync("Enter", "room");
        var parcel = new { name = "p", count = 1, content = Bytes(1, 2), tags = (string[])[], inner = new { name = Beyond, count = 2, content = Bytes(3), tags = (string[])["t"], inner = (object?)null } };
        await first.EmitAsync("Say", Beyond);
        await first.EmitAsync("SayIn", "room", "in the room");
        await first.EmitAsync("Send", parcel);
        await first.EmitAsync("Move", 1, 2);
        await first.EmitAsync("Move", 3);

        foreach (var peer in (SocketIOPeer[])[first, text, msgpack])
        {
            Assert.Equal(Json((string[])[Beyond]), Normal(await peer.ReceiveAsync("Said")));
            if (peer == msgpack)
            {
                Assert.Equal("""["in the room"]""", await peer.ReceiveAsync("Said"));
            }

            Assert.Equal(Json((object[])[parcel]), Normal(await peer.ReceiveAsync("Sent")));
            Assert.Equal("[1,2]", await peer.ReceiveAsync("Moved"));
            Assert.Equal("[3,7]", await peer.ReceiveAsync("Moved"));
        }

        Assert.Equal((string[])[$"said {Beyond}", "said in the room", "sent p 0102 p.inner 03", "moved 1 2", "moved 3 7"], await typed.TakeAsync(5));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task OtherArgumentsThanTheContracts_RefuseTheEventAlone(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;

        Assert.StartsWith("""{"$fault":"InvalidArguments","message":""", await client.AskAsync("Echo", 5), StringComparison.Ordinal);
        Assert.StartsWith("IPeerServer.Echo", (await server.Log.WhenRefusedAsync(id, "IPeerServer.Echo")).Event, StringComparison.Ordinal);
        Assert.StartsWith("""{"$fault":"InvalidArguments",""", await client.AskAsync("Echo"), StringComparison.Ordinal);
        Assert.StartsWith("""{"$fault":"InvalidArguments",""", await client.AskAsync("Echo", (object?)null), StringComparison.Ordinal);
        Assert.StartsWith("""{"$fault":"InvalidArguments",""", await client.AskAsync("Concat", Bytes(1)), StringComparison.Ordinal);
        Assert.StartsWith("""{"$fault":"InvalidArguments",""", await client.AskAsync("Concat", "no!", Bytes(1)), StringComparison.Ordinal);
        Assert.StartsWith("""{"$fault":"InvalidArguments",""", await client.AskAsync("Wrap", new { name = 5 }), StringComparison.Ordinal);
        // What comes behind the last argument is of a newer contract, and is let be.
        Assert.Equal("\"a\"", await client.AskAsync("Echo", "a", "b", Bytes(1)));
        await client.EmitAsync("Say", new { deep = 5 });
        await server.Log.WhenRefusedAsync(id, "IPeerServer.Say");
        Assert.Equal("""{"$fault":"NotSupported"}""", await client.AskAsync("Unheard", 1));
        await client.EmitAsync("__proto__", 1);
        await client.EmitAsync("Unheard", Bytes(1));
        Assert.Equal("""{"$fault":"HandlerFailed"}""", await client.AskAsync("Throw"));
        Assert.Equal("\"still here\"", await client.AskAsync("Echo", "still here"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Timeouts_EndTheRequestAlone_OnEitherSide(string way)
    {
        await using var server = await PeerServer.StartAsync(options => options.RequestTimeout = TimeSpan.FromMilliseconds(200));
        var (client, _) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;

        Assert.Equal("\"timed out\"", await client.AskAsync("AskBackInVain"));
        await client.TellAsync(new { op = "ask", nsp = "/peer", name = "Never", args = Array.Empty<object>(), timeout = 100 });
        Assert.Equal("operation has timed out", (await client.NextAsync("timeout")).GetProperty("message").GetString());
        // Its answer comes late, and nobody waits for it.
        server.Log.Never.SetResult("late");
        Assert.Equal("\"next\"", await client.AskAsync("Echo", "next"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Namespaces_ShareOneConnection_AndOneMayBeLeftAndJoinedAgain(string way)
    {
        await using var server = await PeerServer.StartAsync();
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        var root = await client.JoinAsync("/");
        await client.TellAsync(new { op = "connect", nsp = "/nobody" });
        var error = await client.NextAsync("connect_error");
        Assert.Equal(("/nobody", "Invalid namespace", false), (error.GetProperty("nsp").GetString(), error.GetProperty("message").GetString(), error.GetProperty("active").GetBoolean()));

        await client.TellAsync(new { op = "ask", nsp = "/", name = "Add", args = (int[])[2, 3] });
        Assert.Equal(5, (await client.NextAsync("answer")).GetProperty("value").GetInt32());

        // The server ends one, and the client comes back by hand; then the client leaves it and comes back.
        await client.TellAsync(new { op = "emit", nsp = "/", name = "Leave", args = Array.Empty<object>() });
        Assert.Equal(("io server disconnect", false), Reason(await client.NextAsync("disconnect")));
        Assert.Equal(Initiator.Local, Assert.IsType<ServerDisconnect>(await server.Log.WhenEndedAsync(root)).Initiator);
        await client.TellAsync(new { op = "reconnect", nsp = "/" });
        var second = (await client.NextAsync("connect")).GetProperty("id").GetString()!;
        await client.TellAsync(new { op = "disconnect", nsp = "/" });
        Assert.Equal(("io client disconnect", false), Reason(await client.NextAsync("disconnect")));
        Assert.Equal(Initiator.Remote, Assert.IsType<ClientDisconnect>(await server.Log.WhenEndedAsync(second)).Initiator);
        await client.TellAsync(new { op = "reconnect", nsp = "/" });
        var third = (await client.NextAsync("connect")).GetProperty("id").GetString()!;
        Assert.Equal(4, ((string[])[id, root, second, third]).Distinct().Count());
        await client.TellAsync(new { op = "ask", nsp = "/", name = "Add", args = (int[])[2, 5] });
        Assert.Equal(7, (await client.NextAsync("answer")).GetProperty("value").GetInt32());
        Assert.Equal("\"here\"", await client.AskAsync("Echo", "here"));
    }

    [Fact]
    public async Task VolatileEvents_AreEventsLikeOthers()
    {
        await using var server = await PeerServer.StartAsync();
        var (client, _) = await SocketIOPeer.ConnectAsync(server.Address, "websocket");
        await using var _1 = client;
        await client.TellAsync(new { op = "emit", nsp = "/peer", name = "Say", args = (string[])["light"], @volatile = true });
        Assert.Equal("""["light"]""", await client.ReceiveAsync("Said"));
    }

    internal static (string?, bool) Reason(System.Text.Json.JsonElement line) => (line.GetProperty("reason").GetString(), line.GetProperty("active").GetBoolean());

    private static Dictionary<string, string> Bytes(params byte[] bytes) => new() { ["$bytes"] = Convert.ToBase64String(bytes) };

    private static string Json(object value) => System.Text.Json.JsonSerializer.Serialize(value);

    // What stands for itself and what is escaped differs between the writers.
    private static string Normal(string json) => Json(System.Text.Json.JsonElement.Parse(json));
}
