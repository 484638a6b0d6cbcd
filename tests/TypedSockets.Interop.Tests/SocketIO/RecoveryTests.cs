using System.Text.Json;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>Connection state recovery with Socket.IO's own client and its own server at the other end.</summary>
[Trait("Category", "Node")]
public sealed class RecoveryTests
{
    public static TheoryData<string> ClientWays { get; } = ["polling", "websocket", "polling,websocket", "polling --msgpack", "websocket --msgpack", "polling,websocket --msgpack"];

    public static TheoryData<string> ServerWays { get; } = ["default", "polling", "polling,websocket"];

    [Theory]
    [MemberData(nameof(ClientWays))]
    public async Task SocketIOsClient_ThatDrops_IsRecoveredByOurServer(string way)
    {
        await using var server = await PeerServer.StartAsync(options => options.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, way);
        await using var _1 = client;
        await using var typed = new PeerClient(server.Address);
        await typed.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        await client.AskAsync("Enter", "room");

        // Before it got any event, and then behind some.
        for (var round = 0; round < 3; round++)
        {
            await client.TellAsync(new { op = "drop" });
            await client.NextAsync("disconnect");
            await server.Log.WhenEndedAsync(id);
            typed.Server.Say($"said {round}");
            typed.Server.SayIn("room", $"in the room {round}");
            typed.Server.SayIn("elsewhere", "not here");
            typed.Server.Send(new Parcel("p", round, [1, 2], ["t"], null));
            typed.Server.Move(round, 2);
            await typed.Server.Echo("all of it is sent");
            var connected = await client.NextAsync("connect");
            Assert.Equal((id, true), (connected.GetProperty("id").GetString(), connected.GetProperty("recovered").GetBoolean()));
            Assert.Equal($"said {round}", JsonElement.Parse(await client.ReceiveAsync("Said"))[0].GetString());
            Assert.Equal($"in the room {round}", JsonElement.Parse(await client.ReceiveAsync("Said"))[0].GetString());
            Assert.Equal(round, JsonElement.Parse(await client.ReceiveAsync("Sent"))[0].GetProperty("count").GetInt32());
            var moved = JsonElement.Parse(await client.ReceiveAsync("Moved"));
            Assert.Equal((round, 2, 3), (moved[0].GetInt32(), moved[1].GetInt32(), moved.GetArrayLength()));
            Assert.Equal("\"here\"", await client.AskAsync("Echo", "here"));
            if (round == 1)
            {
                typed.Server.Say("while it is there");
                Assert.Equal("while it is there", JsonElement.Parse(await client.ReceiveAsync("Said"))[0].GetString());
            }
        }
    }

    [Fact]
    public async Task SocketIOsClient_ThatHasLeftByHand_BeginsAnew()
    {
        await using var server = await PeerServer.StartAsync(options => options.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        var (client, id) = await SocketIOPeer.ConnectAsync(server.Address, "websocket");
        await using var _1 = client;
        await client.TellAsync(new { op = "disconnect", nsp = "/peer" });
        await server.Log.WhenEndedAsync(id);
        await client.TellAsync(new { op = "reconnect", nsp = "/peer" });
        var connected = await client.NextAsync("connect");
        Assert.False(connected.GetProperty("recovered").GetBoolean());
        Assert.NotEqual(id, connected.GetProperty("id").GetString());
    }

    [Theory]
    [MemberData(nameof(ServerWays))]
    public async Task OurClient_ThatDrops_IsRecoveredBySocketIOsServer(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs", "--recovery");
        var options = NodeSocketIOServerTests.Options(way, new TypedSocketOptions { Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(20) } });
        await using var client = new PeerClient(server.Address, options);
        var upgraded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = client.Socket.Lifecycle.Subscribe(change =>
        {
            if (change is Upgraded)
            {
                upgraded.TrySetResult();
            }
        });
        await client.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        if (way == "polling,websocket")
        {
            await upgraded.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        var (peer, root) = ((await client.NextAsync<Connected>()), (await client.NextAsync<Connected>()));
        Assert.False(peer.Recovered || root.Recovered);
        await server.NextAsync("connection");
        await server.NextAsync("connection");
        await client.Server.Enter("room");
        client.Server.Say("seen");
        Assert.Equal(["said seen"], await client.TakeAsync(1));

        for (var round = 0; round < 3; round++)
        {
            await server.TellAsync(new { op = "drop", nsp = "/peer" });
            foreach (var (name, arguments) in ((string, object[])[])[("Said", [$"missed {round}"]), ("Moved", [round, 2]), ("Sent", [new { name = "p", count = 1, content = new Dictionary<string, string> { ["$bytes"] = "AQI=" }, tags = Array.Empty<string>(), inner = (object?)null }])])
            {
                await server.TellAsync(new { op = "emit", nsp = "/peer", name, args = arguments });
            }

            Connected again;
            do
            {
                again = await client.NextAsync<Connected>();
            }
            while (again.Namespace != "/peer");

            Assert.Equal((true, peer.Namespace == "/peer" ? peer.ConnectionId : root.ConnectionId), (again.Recovered, again.ConnectionId));
            Assert.Equal([$"said missed {round}", $"moved {round} 2", "sent p 0102"], await client.TakeAsync(3));
            JsonElement line;
            do
            {
                line = await server.NextAsync("connection");
            }
            while (line.GetProperty("nsp").GetString() != "/peer");

            Assert.Equal((true, "[\"room\"]"), (line.GetProperty("recovered").GetBoolean(), line.GetProperty("rooms").GetRawText()));
            Assert.Equal("here", await client.Server.Echo("here"));
        }
    }
}
