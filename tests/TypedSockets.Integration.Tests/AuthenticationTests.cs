using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>A client says who it is when it connects, and the hub decides.</summary>
public sealed class AuthenticationTests : IGateClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _welcomed = Channel.CreateUnbounded<string>();
    private readonly Channel<ConnectionEvent> _changes = Channel.CreateUnbounded<ConnectionEvent>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    void IGateClient.Welcomed(string name) => _welcomed.Writer.TryWrite(name);

    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Client_ThatIsAccepted_IsConnected(TransportKind transport)
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Transports = [transport] });
        var gate = Open(socket, new Ticket("ada", 7));

        await socket.ConnectAsync(Cancellation);

        Assert.Equal("ada", await gate.WhoAmI());
        Assert.Equal("ada", await _welcomed.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(s_patience, Cancellation));
        await socket.CloseAsync();
        await server.Log.WaitForAsync("gate ada left");
    }

    [Fact]
    public async Task Client_ThatSaysNothing_IsRefusedWithText()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        socket.Open(IGateServer.Contract, this);

        var reason = await RefusedAsync(socket);

        Assert.Equal(new Unauthorized("No ticket.") { Initiator = Initiator.Remote }, reason);
        await server.Log.WaitForAsync("gate without a ticket disposed");
    }

    [Fact]
    public async Task Client_ThatIsRefusedWithData_ReadsIt()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        Open(socket, new Ticket("bob", 101));

        var reason = Assert.IsType<Unauthorized>(await RefusedAsync(socket));

        Assert.Equal("No such seat.", reason.Text);
        var refusal = Assert.IsType<GateRefusal>(reason.Data);
        Assert.Equal(("seat", "1,100"), (refusal.Code, string.Join(',', refusal.Allowed)));
        Assert.False((await NextAsync<Disconnected>()).WillReconnect);
        await server.Log.WaitForAsync("gate bob disposed");
    }

    [Fact]
    public async Task Client_ThatSaysWhatCannotBeRead_IsRefused_AndTheSessionStays()
    {
        await using var server = await StartAsync();
        await using var peer = new PlayPeer(server.Address);
        peer.Socket.Open(IOtherGateServer.Contract, this, _ => new(new Badge(7)));

        var reason = Assert.IsType<Unauthorized>(await RefusedAsync(peer.Socket));

        Assert.StartsWith("The auth payload cannot be read: ", reason.Text, StringComparison.Ordinal);
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    /// <summary>What the hub threw is the server's own affair; that it threw is not.</summary>
    [Theory]
    [InlineData("throws")]
    [InlineData("sends")]
    public async Task Hub_ThatFailsToDecide_RefusesWithHandlerFault(string name)
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        Open(socket, new Ticket(name));

        var reason = Assert.IsType<HandlerFault>(await RefusedAsync(socket));

        Assert.Equal(("GateHub.OnConnecting", Initiator.Remote), (reason.Event, reason.Initiator));
        await server.Log.WaitForAsync($"gate {name} disposed");
    }

    [Fact]
    public async Task Hub_ThatDisconnectsWhileItDecides_RefusesWithThat()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        Open(socket, new Ticket("kicks"));

        Assert.Equal(new ServerDisconnect("Not here.") { Initiator = Initiator.Remote }, await RefusedAsync(socket));
    }

    [Fact]
    public async Task Client_ThatLeavesWhileTheHubDecides_CancelsIt()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address);
        Open(socket, new Ticket("waits"));

        var connecting = socket.ConnectAsync(Cancellation);
        await server.Log.WaitForAsync("gate waiting");
        await socket.CloseAsync();

        await server.Log.WaitForAsync("gate waits disposed");
        await Assert.ThrowsAsync<DisconnectedException>(() => connecting);
    }

    [Fact]
    public async Task Provider_IsAskedAgain_WhenTheClientComesBack()
    {
        var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Reconnection = new() { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } });
        var asked = 0;
        var gate = socket.Open(IGateServer.Contract, this, _ => new(new Ticket($"guest {++asked}")));
        socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
        await socket.ConnectAsync(Cancellation);
        await NextAsync<Connected>();
        Assert.Equal("guest 1", await gate.WhoAmI());

        var port = new Uri(server.Address).Port;
        await server.DisposeAsync();
        await using var next = await StartAsync(port: port);
        await NextAsync<Connected>();

        Assert.True(asked > 1);
        Assert.Equal($"guest {asked}", await gate.WhoAmI());
    }

    [Fact]
    public async Task Provider_ThatThrows_EndsTheTry()
    {
        await using var server = await StartAsync();
        await using var socket = new TypedSocket(server.Address, new TypedSocketOptions { Reconnection = new ReconnectionOptions { Enabled = false } });
        socket.Open(IGateServer.Contract, this, _ => throw new InvalidOperationException("Signed out."));

        var reason = Assert.IsType<TransportError>(await RefusedAsync(socket));

        Assert.Equal("The auth payload of namespace '/gate' cannot be had: Signed out.", reason.Detail);
    }

    [Fact]
    public async Task OneOfTwoContracts_ThatIsRefused_LeavesTheOther()
    {
        await using var server = await StartAsync();
        await using var peer = new PlayPeer(server.Address);
        Open(peer.Socket, new Ticket("bob", 101));

        var reason = Assert.IsType<Unauthorized>(await RefusedAsync(peer.Socket));

        Assert.IsType<GateRefusal>(reason.Data);
        Assert.Equal(new NamespaceDisconnected("/gate", reason), await NextAsync<NamespaceDisconnected>());
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
        Assert.Equal(ConnectionState.Connected, peer.Socket.State);
    }

    /// <summary>An address stands in logs, and what says who a client is does not belong there.</summary>
    [Fact]
    public async Task AuthPayload_IsNeverInTheAddress()
    {
        var queries = Channel.CreateUnbounded<string>();
        await using var server = await StartAsync((context, next) =>
        {
            queries.Writer.TryWrite(context.Request.QueryString.Value!);
            return next(context);
        });
        await using var peer = new PlayPeer(server.Address);
        Open(peer.Socket, new Ticket("secret"));

        await peer.Socket.ConnectAsync(Cancellation);

        var first = (await queries.Reader.ReadAsync(Cancellation)).Split("first=")[1].Split('&')[0];
        var message = System.Buffers.Text.Base64Url.DecodeFromChars(first);
        Assert.True(message.AsSpan().IndexOf("/play"u8) >= 0);
        Assert.True(message.AsSpan().IndexOf("/gate"u8) < 0);
        Assert.True(message.AsSpan().IndexOf("secret"u8) < 0);
    }

    [Fact]
    public async Task HubThatDoesNotDecide_IsRefusedAtStart()
    {
        Contract<IGateServer, IGateClient> contract = IGateServer.Contract;
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            PlayServer.StartAsync(configureServices: services => services.AddTypedSockets().AddHub(contract.HandledBy<OpenHub>())));

        Assert.Contains("OpenHub", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'IGateServer'", exception.Message, StringComparison.Ordinal);
    }

    private static Task<PlayServer> StartAsync(Func<HttpContext, RequestDelegate, Task>? handle = null, int port = 0) =>
        PlayServer.StartAsync(handle: handle, port: port, configureServices: services => services.AddTypedSockets().AddHub(IGateServer.Contract.HandledBy<GateHub>()));

    private IGateServer Open(TypedSocket socket, Ticket ticket) => socket.Open(IGateServer.Contract, this, _ => new(ticket));

    private async Task<DisconnectReason> RefusedAsync(TypedSocket socket)
    {
        socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
        return (await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync(Cancellation))).Reason;
    }

    private async Task<T> NextAsync<T>() where T : ConnectionEvent
    {
        while (true)
        {
            if (await _changes.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(s_patience, Cancellation) is T change)
            {
                return change;
            }
        }
    }

    public sealed class OpenHub : Hub<IGateClient>, IGateServer
    {
        public ValueTask<string> WhoAmI() => new("anybody");
    }
}
