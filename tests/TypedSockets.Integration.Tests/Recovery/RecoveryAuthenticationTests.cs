using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>Clients that come back where somebody decides who may connect.</summary>
public sealed class RecoveryAuthenticationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_ThatComesBack_IsAskedAgain_UnlessTheServerSkipsIt(bool skips)
    {
        await using var server = await ReturningPeer.StartServerAsync(recovery => recovery.SkipAuthentication = skips, services: AddGate);
        var first = await JoinAsync(server, """{"name":"ada"}""");
        await first.Session.DropAsync();
        await first.Session.DisposeAsync();
        await server.Log.WaitForAsync("gate ada left");

        // Says nothing of itself this time, and has been banned so to speak.
        await using var session = await SocketIOSession.OpenAsync(server.Address, TransportKind.WebSocket);
        await session.SendAsync($$"""0/gate,{"pid":"{{first.RecoveryId}}"}""");
        var answer = await session.ReadAsync();
        if (skips)
        {
            Assert.StartsWith("2/gate,[\"Welcomed\",\"ada\",", answer, StringComparison.Ordinal);
            Assert.Contains(first.RecoveryId, await session.ReadAsync(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("""4/gate,{"message":"No ticket."}""", answer);
            // With its ticket it comes back; having been refused has cost it nothing.
            await session.SendAsync($$"""0/gate,{"pid":"{{first.RecoveryId}}","name":"ada"}""");
            Assert.StartsWith("2/gate,[\"Welcomed\",\"ada\",", await session.ReadAsync(), StringComparison.Ordinal);
            Assert.Contains(first.RecoveryId, await session.ReadAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Client_ThatCannotBeRecovered_IsAskedEvenIfTheServerSkipsThoseWhoCan()
    {
        await using var server = await ReturningPeer.StartServerAsync(recovery => recovery.SkipAuthentication = true, services: AddGate);
        await using var session = await SocketIOSession.OpenAsync(server.Address, TransportKind.WebSocket);
        await session.SendAsync("""0/gate,{"pid":"aaaaaaaaaaaaaaaaaaaaaa"}""");
        Assert.Equal("""4/gate,{"message":"No ticket."}""", await session.ReadAsync());
    }

    private static void AddGate(IServiceCollection services) => services.AddTypedSockets().AddHub(IGateServer.Contract.HandledBy<GateHub>());

    private static async Task<(SocketIOSession Session, string RecoveryId)> JoinAsync(PlayServer server, string auth)
    {
        var session = await SocketIOSession.OpenAsync(server.Address, TransportKind.WebSocket);
        await session.SendAsync($"0/gate,{auth}");
        var connected = System.Text.Json.JsonElement.Parse((await session.ReadAsync())["0/gate,".Length..]);
        // The event that the hub welcomes it with is lost, so that it has something to be missed.
        return (session, connected.GetProperty("pid").GetString()!);
    }
}
