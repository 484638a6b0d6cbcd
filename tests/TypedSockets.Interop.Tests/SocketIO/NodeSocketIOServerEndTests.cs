using TypedSockets.Client;
using static TypedSockets.Interop.Tests.SocketIO.NodeSocketIOServerTests;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>How a connection of our client to Socket.IO's own server ends: what each end sees, and whether the client comes back.</summary>
[Trait("Category", "Node")]
public sealed class NodeSocketIOServerEndTests
{
    private static readonly TypedSocketOptions s_quick = new() { Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(100) }, CloseTimeout = TimeSpan.FromSeconds(2) };

    [Theory]
    [MemberData(nameof(NodeSocketIOServerTests.Ways), MemberType = typeof(NodeSocketIOServerTests))]
    public async Task Client_Closes(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way, s_quick);
        await client.Socket.CloseAsync();
        await AssertEndAsync<ClientDisconnect>(client, Initiator.Local, comesBack: false, "io client disconnect");
        Assert.Equal("client namespace disconnect", await ReasonAsync(server));
        Assert.Equal("client namespace disconnect", await ReasonAsync(server));
    }

    [Theory]
    [MemberData(nameof(NodeSocketIOServerTests.Ways), MemberType = typeof(NodeSocketIOServerTests))]
    public async Task Server_DisconnectsOneNamespaceAfterTheOther(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way, s_quick);
        await server.TellAsync(new { op = "disconnect", nsp = "/peer", close = false });
        var left = await client.NextAsync<NamespaceDisconnected>();
        Assert.Equal(("/peer", typeof(ServerDisconnect), Initiator.Remote), (left.Namespace, left.Reason.GetType(), left.Reason.Initiator));
        Assert.Equal(5, await client.Root.Add(2, 3));
        Assert.IsType<ServerDisconnect>((await Assert.ThrowsAsync<NotConnectedException>(() => client.Server.Echo("x").AsTask())).Reason);

        await server.TellAsync(new { op = "disconnect", nsp = "/", close = false });
        await AssertEndAsync<ServerDisconnect>(client, Initiator.Remote, comesBack: false, "io server disconnect");
        Assert.Equal("server namespace disconnect", await ReasonAsync(server));
        Assert.Equal("server namespace disconnect", await ReasonAsync(server));
    }

    [Theory]
    [MemberData(nameof(NodeSocketIOServerTests.Ways), MemberType = typeof(NodeSocketIOServerTests))]
    public async Task Server_DisconnectsAndClosesTheConnection(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way, s_quick);
        await server.TellAsync(new { op = "disconnect", nsp = "/peer", close = true });
        await AssertEndAsync<ServerDisconnect>(client, Initiator.Remote, comesBack: false, "io server disconnect");
    }

    [Theory]
    [MemberData(nameof(NodeSocketIOServerTests.Ways), MemberType = typeof(NodeSocketIOServerTests))]
    public async Task Server_Closes_AndTheContractsAreOpenedAtTheNext(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way, s_quick);
        await client.Server.Echo("settled");
        await server.TellAsync(new { op = "close" });
        Assert.Equal("server shutting down", await ReasonAsync(server));
        var end = await client.NextAsync<Disconnected>();
        Assert.True(end.WillReconnect);
        // Between two polls nobody can be told.
        Assert.True(end.Reason is TransportClose || (way == "polling" && end.Reason is TransportError), end.Reason.ToString());
        await server.Program.KillAsync();

        await using var next = await SocketIOPeer.StartAsync("socket-server.mjs", $"--port={server.Address.Port}");
        await client.NextAsync<Connected>();
        await client.NextAsync<Connected>();
        await client.Socket.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal("again", await client.Server.Echo("again"));
        Assert.Equal(3, await client.Root.Add(1, 2));
    }

    [Theory]
    [InlineData("default", typeof(TransportClose))]
    [InlineData("polling,websocket", typeof(TransportClose))]
    [InlineData("polling", typeof(TransportError))]
    public async Task Server_IsKilled(string way, Type expected)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way, s_quick);
        await client.Server.Echo("settled");
        await server.Program.KillAsync();
        var end = await client.NextAsync<Disconnected>();
        Assert.Equal((expected, Initiator.Network, true), (end.Reason.GetType(), end.Reason.Initiator, end.WillReconnect));
    }

    [Theory]
    [MemberData(nameof(NodeSocketIOServerTests.Ways), MemberType = typeof(NodeSocketIOServerTests))]
    public async Task Server_IsStopped(string way)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs", "--pingInterval=300", "--pingTimeout=1500");
        await using var client = await ConnectAsync(server, way, s_quick);
        await server.Program.FreezeAsync();
        await AssertEndAsync<PingTimeout>(client, Initiator.Network, comesBack: true, "ping timeout");
    }

    [Theory]
    [InlineData("default", "9 nonsense")]
    [InlineData("polling", "9 nonsense")]
    [InlineData("default", "2/peer,[\"Said\",tru]")]
    [InlineData("default", "0/peer,{\"sid\":\"again\"}")]
    public async Task Server_SendsWhatIsNoPacketOfSocketIO(string way, string text)
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var client = await ConnectAsync(server, way, s_quick);
        await server.TellAsync(new { op = "engine", nsp = "/peer", text });
        await AssertEndAsync<ParseError>(client, Initiator.Local, comesBack: true, "parse error");
        Assert.Equal("transport close", await ReasonAsync(server));
    }

    [Fact]
    public async Task Server_DoesNotKnowTheNamespace()
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs");
        await using var socket = new TypedSocket(server.Address, s_quick);
        socket.Open(IStrangeServer.Contract, new StrangeClient());
        var reason = (await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync(TestContext.Current.CancellationToken))).Reason;
        Assert.False(reason.AllowsReconnect);
        Assert.Equal(Initiator.Remote, reason.Initiator);
        Assert.Contains("Invalid namespace", reason.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_RefusesTheNamespaceInAMiddleware()
    {
        await using var server = await SocketIOPeer.StartAsync("socket-server.mjs", "--refuse");
        await using var client = new PeerClient(server.Address, s_quick);
        var reason = (await Assert.ThrowsAsync<DisconnectedException>(() => client.Socket.ConnectAsync(TestContext.Current.CancellationToken))).Reason;
        Assert.False(reason.AllowsReconnect);
        Assert.Contains("not you", reason.Description, StringComparison.Ordinal);
    }

    private static async Task AssertEndAsync<T>(PeerClient client, Initiator initiator, bool comesBack, string socketIO) where T : DisconnectReason
    {
        var end = await client.NextAsync<Disconnected>();
        Assert.IsType<T>(end.Reason);
        Assert.Equal((initiator, comesBack, socketIO), (end.Reason.Initiator, end.WillReconnect, end.Reason.ToSocketIO(Side.Client)));
    }

    private static async Task<string?> ReasonAsync(SocketIOPeer server) => (await server.NextAsync("disconnect")).GetProperty("reason").GetString();
}

[EventContract("/strange")]
public partial interface IStrangeServer : IServerEvents<IStrangeServer, IStrangeClient>
{
    void Hello();
}

public interface IStrangeClient : IClientEvents;

internal sealed class StrangeClient : IStrangeClient;
