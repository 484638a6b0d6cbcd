using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>Hubs and events that are not for everybody.</summary>
public sealed class AuthorizationTests
{
    public static TheoryData<bool> Codecs { get; } = [true, false];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Connect_WithoutAToken_IsUnauthorized(bool speaksTs1)
    {
        await using var server = await CellarServer.StartAsync();
        await using var peer = new CellarPeer(server, new TypedSocketOptions(), speaksTs1);

        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(Token));

        Assert.Equal(new Unauthorized("The user is not authenticated.") { Initiator = Initiator.Remote }, exception.Reason);
        Assert.False((await peer.NextAsync<Disconnected>()).WillReconnect);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Connect_AgainstThePolicy_IsUnauthorized_AndTheOtherContractStays(bool speaksTs1)
    {
        await using var server = await CellarServer.StartAsync();
        await using var peer = new CellarPeer(server, CellarServer.With("eve;banned;600"), speaksTs1);
        var play = peer.Socket.Open(IPlayServer.Contract, new PlayPeer(server.Address));

        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(Token));

        Assert.Equal(new Unauthorized("The user may not connect.") { Initiator = Initiator.Remote }, exception.Reason);
        Assert.Equal(3, await play.Sum([1, 2]));
        await Assert.ThrowsAsync<NotConnectedException>(async () => await peer.Cellar.Look());
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Event_UserHasTheRole_IsHandled(bool speaksTs1)
    {
        await using var server = await CellarServer.StartAsync();
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;keeper;600"), speaksTs1);

        Assert.Equal("ada keeper", await peer.Cellar.Look());
        Assert.Equal("door 7", await peer.Cellar.Open(7));
        peer.Cellar.Ring("ding");
        Assert.Equal("ding", await peer.NextRangAsync());
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Event_UserLacksTheRole_IsForbidden_AndTheConnectionStays(bool speaksTs1)
    {
        await using var server = await CellarServer.StartAsync();
        await using var keeper = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;keeper;600"));
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;clerk;600"), speaksTs1);

        var exception = await Assert.ThrowsAsync<RemoteException>(async () => await peer.Cellar.Open(7));
        Assert.Equal((RemoteFault.Forbidden, "ICellarServer.Open", null), (exception.Fault, exception.Event, exception.Detail));
        await server.Log.WaitForAsync("cellar ICellarServer.Open Forbidden");

        // Of an event that nobody waits for, the server alone hears.
        peer.Cellar.Ring("not for me");
        await server.Log.WaitForAsync("cellar ICellarServer.Ring Forbidden");
        Assert.Equal("bob clerk", await peer.Cellar.Look());
        keeper.Cellar.Ring("ding");
        Assert.Equal("ding", await peer.NextRangAsync());
    }

    /// <summary>Whoever wrote an attribute meant it, wherever the method stands.</summary>
    [Fact]
    public async Task Event_HandledExplicitlyOrFromABaseInterface_IsAuthorizedToo()
    {
        await using var server = await CellarServer.StartAsync();
        await using var keeper = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;keeper;600"));
        await using var clerk = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;clerk;600"));

        Assert.Equal("7 coins", await clerk.Cellar.Count("coins"));
        Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(async () => await keeper.Cellar.Count("coins"))).Fault);
    }

    [Fact]
    public async Task Authorize_InTheContract_CountsAsOnTheHub()
    {
        await using var server = await CellarServer.StartAsync();
        await using var keeper = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;keeper;600"));
        await using var clerk = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;clerk;600"));

        Assert.Equal("door 7 is locked", await keeper.Cellar.Lock(7));
        Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(async () => await clerk.Cellar.Lock(7))).Fault);
    }

    [Fact]
    public async Task AllowAnonymous_OnAMethod_UndoesWhatItOverrides()
    {
        await using var server = await CellarServer.StartAsync();
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;;600"));

        Assert.Equal("a little", await peer.Cellar.Peek());
    }

    /// <summary>It undoes what the contract asks. What the hub asks is the server's own affair.</summary>
    [Fact]
    public async Task AllowAnonymous_InTheContract_OpensNothingThatTheHubHasClosed()
    {
        await using var server = await CellarServer.StartAsync();
        await using var keeper = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;keeper;600"));
        await using var clerk = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;clerk;600"));

        Assert.Equal("door 7 is open", await keeper.Cellar.Unlock(7));
        Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(async () => await clerk.Cellar.Unlock(7))).Fault);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Policy_SeesTheEventAsItsResource(bool speaksTs1)
    {
        await using var server = await CellarServer.StartAsync();
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;;600"), speaksTs1);

        Assert.Equal("red door", await peer.Cellar.Open("red"));
        Assert.Equal(RemoteFault.Forbidden, (await Assert.ThrowsAsync<RemoteException>(async () => await peer.Cellar.Open("blue"))).Fault);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("bob;clerk;600", 403)]
    public async Task Endpoint_ThatRequiresAuthorization_RefusesTheHandshake(string? token, int status)
    {
        await using var server = await CellarServer.StartAsync(configureEndpoint: endpoint => endpoint.RequireAuthorization(new AuthorizeAttribute { Roles = "keeper" }));
        await using var refused = new CellarPeer(server, token is null ? new TypedSocketOptions() : CellarServer.With(token));
        await using var keeper = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;keeper;600"));

        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => refused.Socket.ConnectAsync(Token));

        Assert.Equal(status, Assert.IsType<HandshakeRejected>(exception.Reason).Status);
        Assert.Equal("ada keeper", await keeper.Cellar.Look());
    }

    [Fact]
    public async Task DynamicHub_WithAuthorizeOnItsHandler_RefusesStrangers()
    {
        await using var server = await CellarServer.StartAsync(configureServices: services => services.AddTypedSockets().AddDynamicHub<StaffHub>("/staff"));
        await using var stranger = new TypedSocket(server.Address);
        await using var member = new TypedSocket(server.Address, CellarServer.With("bob;clerk;600"));
        var (outside, inside) = (stranger.OpenDynamic("/staff"), member.OpenDynamic("/staff"));
        await stranger.ConnectAsync(Token);
        await member.ConnectAsync(Token);

        Assert.Equal("hello", (await inside.EmitWithAck("greet", [], Token))[0].Json.GetString());
        Assert.Equal(RemoteFault.Unauthenticated, (await Assert.ThrowsAsync<RemoteException>(async () => await outside.EmitWithAck("greet", [], Token))).Fault);
        Assert.Equal(ConnectionState.Connected, stranger.State);
    }

    [Fact]
    public async Task Server_WithoutTheServicesOfAuthorization_DoesNotStart()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            PlayServer.StartAsync(configureServices: services => services.AddTypedSockets().AddHub(ICellarServer.Contract.HandledBy<CellarHub>())));

        Assert.Contains("CellarHub", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AddAuthorization()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_WithoutThePolicy_DoesNotStart()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            PlayServer.StartAsync(configureServices: services => services.AddAuthorization().AddTypedSockets().AddHub(ICellarServer.Contract.HandledBy<CellarHub>())));

        Assert.Contains($"'{CellarHub.Guest}'", exception.Message, StringComparison.Ordinal);
    }

    public sealed class StaffHub : DynamicHub
    {
        [Authorize(Roles = "clerk")]
        public override ValueTask OnAny(DynamicEvent dynamicEvent)
        {
            ArgumentNullException.ThrowIfNull(dynamicEvent);
            dynamicEvent.Acknowledge("hello");
            return default;
        }
    }
}
