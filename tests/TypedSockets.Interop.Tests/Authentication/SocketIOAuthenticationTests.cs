using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Client;
using TypedSockets.Interop.Tests.Programs;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.Authentication;

/// <summary>Who connects says who it is, from Socket.IO's own client to our server, and from our client to Socket.IO's own server.</summary>
[Trait("Category", "Node")]
public sealed class SocketIOAuthenticationTests : IGateClient
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What socket.io-client is run with.</summary>
    public static TheoryData<string> Clients { get; } = ["", "--function", "--transports=polling", "--transports=websocket", "--parser=msgpack", "--parser=msgpack --function --transports=websocket"];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task JavaScriptClient_WithAuth_IsConnected(string arguments)
    {
        await using var server = await StartAsync();
        // What is recovered by is merged into the payload by the client itself, and other members may be there too.
        await using var client = Run(server, """{"pid":"a","offset":"b","name":"ada","seat":7,"more":{"x":[1,null]}}""", arguments);

        Assert.Equal("ada", (await client.ReadAsync("connect")).GetProperty("name").GetString());
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task JavaScriptClient_ThatIsRefused_HearsTheTextAndTheData(string arguments)
    {
        await using var server = await StartAsync();
        await using var client = Run(server, """{"name":"bob","seat":101}""", arguments);

        var error = await client.ReadAsync("connect_error");

        Assert.Equal("No such seat.", error.GetProperty("message").GetString());
        Assert.Equal("""{"code":"seat","allowed":["1","100"]}""", error.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("null", "", "No ticket.")]
    [InlineData("null", "--parser=msgpack", "No ticket.")]
    [InlineData("""{"name":7}""", "", "The auth payload cannot be read: ")]
    [InlineData("""{"name":7}""", "--parser=msgpack", "The auth payload cannot be read: ")]
    [InlineData("""{"name":"throws"}""", "", "The handler of 'GateHub.OnConnecting' failed.")]
    public async Task JavaScriptClient_ThatIsRefusedWithoutData_HearsTheText(string auth, string arguments, string text)
    {
        await using var server = await StartAsync();
        await using var client = Run(server, auth, arguments);

        var error = await client.ReadAsync("connect_error");

        Assert.StartsWith(text, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, error.GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task OurClient_WithAuth_IsConnectedToSocketIOsServer()
    {
        await using var server = NodeProgram.Start("auth-server.mjs");
        await using var socket = new TypedSocket(await AddressOfAsync(server));
        var gate = socket.Open(IGateServer.Contract, this, _ => new(new Ticket("ada", 7)));

        await socket.ConnectAsync(Cancellation);

        Assert.Equal("""{"name":"ada","seat":7}""", (await server.ReadAsync("auth")).GetProperty("auth").GetRawText());
        Assert.Equal("ada", await gate.WhoAmI());
    }

    [Fact]
    public async Task OurClient_ThatIsRefusedBySocketIOsServer_ReadsTheTextAndTheData()
    {
        await using var server = NodeProgram.Start("auth-server.mjs");
        var address = await AddressOfAsync(server);

        var refused = await RefusedAsync(address, new Ticket("bob", 101));
        Assert.Equal(("No such seat.", Initiator.Remote), (refused.Text, refused.Initiator));
        var refusal = Assert.IsType<GateRefusal>(refused.Data);
        Assert.Equal(("seat", "1,100"), (refusal.Code, string.Join(',', refusal.Allowed)));

        Assert.Equal(new Unauthorized("No ticket.") { Initiator = Initiator.Remote }, await RefusedAsync(address, null));
        Assert.Equal(new Unauthorized("Odd.") { Initiator = Initiator.Remote }, await RefusedAsync(address, new Ticket("odd")));
    }

    private static NodeProgram Run(WebApplication server, string auth, string arguments) =>
        NodeProgram.Start("auth-client.mjs", [$"--url={AddressOf(server)}", $"--auth={auth}", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddTypedSockets().AddHub(IGateServer.Contract.HandledBy<GateHub>());
        var app = builder.Build();
        app.MapTypedSockets();
        await app.StartAsync();
        return app;
    }

    private static string AddressOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private static async Task<string> AddressOfAsync(NodeProgram server) => $"http://127.0.0.1:{(await server.ReadAsync("listening")).GetProperty("port").GetInt32()}";

    private async Task<Unauthorized> RefusedAsync(string address, Ticket? ticket)
    {
        await using var socket = new TypedSocket(address);
        socket.Open(IGateServer.Contract, this, _ => new(ticket));
        return Assert.IsType<Unauthorized>((await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync(Cancellation))).Reason);
    }
}
