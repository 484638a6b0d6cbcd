using TypedSockets.Client;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>Our client against Socket.IO's own server, told nothing but the address: what passes, on each transport.</summary>
[Trait("Category", "Node")]
public sealed class NodeSocketIOServerTests
{
    private const string Beyond = "é 漢字 😀 \" \\ \u2028 <&>";

    public static TheoryData<string> Ways { get; } = ["default", "polling", "polling,websocket"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Requests_InBothDirections_AreAnsweredWithTextObjectsAndBytes(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way);

        Assert.Equal(Beyond, await client.Server.Echo(Beyond));
        Assert.Equal([1, 2, 3, 4, 5], await client.Server.Concat([1, 2], [3, 4, 5]));
        Assert.Empty(await client.Server.Concat([], []));
        var parcel = await client.Server.Wrap(new Parcel(Beyond, -3, [7, 8], ["a", Beyond], null));
        Assert.Equal(($"around {Beyond}", -2, Beyond), (parcel.Name, parcel.Count, parcel.Inner?.Name));
        Assert.Equal([8, 7], parcel.Content);
        Assert.Equal([7, 8], parcel.Inner!.Content);
        Assert.Equal(["outer", "a", Beyond], parcel.Tags);
        await client.Server.Enter("room");
        Assert.Equal("why?!", await client.Server.AskBack("why?"));
        Assert.Equal([3, 2, 1], await client.Server.AskBackBytes([1, 2, 3]));
        Assert.Equal(5, await client.Root.Add(2, 3));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Events_ArriveInOrder_WithTheirBytes(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way);
        await client.Server.Enter("room");
        client.Server.Say(Beyond);
        client.Server.SayIn("room", "in the room");
        client.Server.SayIn("elsewhere", "not here");
        client.Server.Send(new Parcel("p", 1, [1, 2], [], new Parcel("q", 2, [3], [], null)));
        client.Server.Move(1, 2);
        await client.Server.Echo("done");
        await server.TellAsync(new { op = "emit", nsp = "/", name = "Noted", args = (string[])["well"] });
        Assert.Equal((string[])[$"said {Beyond}", "said in the room", "sent p 0102 p.inner 03", "moved 1 2", "noted well"], await client.TakeAsync(5));
    }

    [Fact]
    public async Task Requests_ThatFailOrAreNotAnswered_EndAlone()
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, "default");
        var failure = await Assert.ThrowsAsync<RemoteException>(() => client.Server.Throw().AsTask());
        Assert.Equal((RemoteFault.HandlerFailed, "as asked"), (failure.Fault, failure.Detail));
        await Assert.ThrowsAsync<TimeoutException>(() => client.Server.WithTimeout(TimeSpan.FromMilliseconds(300)).Never().AsTask());
        Assert.Equal("timed out", await client.Server.AskBackInVain());
        // The answer comes late, and nobody waits for it.
        client.Release.Release();

        // What the server asks with other arguments, or of nobody, is answered with a fault; what it only says, told as refused.
        await server.TellAsync(new { op = "ask", nsp = "/peer", name = "Answer", args = (object[])[5] });
        Assert.StartsWith("""{"$fault":"InvalidArguments",""", (await server.NextAsync("answer")).GetProperty("value").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("IPeerServer.Answer", (await client.NextAsync<EventRefused>()).Event);
        await server.TellAsync(new { op = "ask", nsp = "/peer", name = "Unheard", args = (object[])[5] });
        Assert.Equal("""{"$fault":"NotSupported"}""", (await server.NextAsync("answer")).GetProperty("value").GetRawText());
        await server.TellAsync(new { op = "ask", nsp = "/peer", name = "Answer", args = (object[])["fail"] });
        Assert.Equal("""{"$fault":"HandlerFailed"}""", (await server.NextAsync("answer")).GetProperty("value").GetRawText());
        await server.TellAsync(new { op = "ask", nsp = "/peer", name = "Ignore", args = (object[])["?"], timeout = 100 });
        Assert.Equal("operation has timed out", (await server.NextAsync("timeout")).GetProperty("message").GetString());
        client.Release.Release();
        await server.TellAsync(new { op = "emit", nsp = "/peer", name = "Said", args = (object[])[new { }] });
        Assert.Equal("IPeerServer.Said", (await client.NextAsync<EventRefused>()).Event);
        Assert.Equal("still", await client.Server.Echo("still"));
    }

    [Theory]
    [InlineData("default", TransportKind.WebSocket)]
    [InlineData("polling", TransportKind.Polling)]
    public async Task Connected_SaysThatContractsWereNotCompared(string way, TransportKind transport)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way);
        for (var opened = 0; opened < 2; opened++)
        {
            var connected = await client.NextAsync<Connected>();
            Assert.Equal((transport, false), (connected.Transport, connected.Agreement.IsKnown));
            var line = await server.NextAsync("connection");
            Assert.Contains(line.GetProperty("nsp").GetString(), (string[])["/peer", "/"]);
            Assert.Equal(20, connected.ConnectionId.Length);
        }
    }

    internal static async Task<PeerClient> ConnectAsync(SocketIOPeer server, string way, TypedSocketOptions? options = null)
    {
        var client = new PeerClient(server.Address, Options(way, options));
        await client.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        if (way == "polling,websocket")
        {
            await client.NextAsync<Upgraded>();
        }

        return client;
    }

    internal static TypedSocketOptions Options(string way, TypedSocketOptions? options = null)
    {
        options ??= new TypedSocketOptions();
        return way == "default" ? options : options with { Transports = way == "polling" ? [TransportKind.Polling] : [TransportKind.Polling, TransportKind.WebSocket] };
    }
}
