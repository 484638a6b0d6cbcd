using TypedSockets.Server;

namespace TypedSockets.Testing.Tests.Guide;

/// <summary>The code of docs/guides/testing.md.</summary>
public sealed class ChatHubTests
{
    [Fact]
    public void Guide_ShowsWhatIsRunHere()
    {
        Assert.Empty(GuideCode.FindStrangers("testing.md", "tests/TypedSockets.Testing.Tests/Guide", out var count));
        Assert.Equal(5, count);
    }

    [Fact]
    public async Task Say_InARoom_ReachesItsMembers()
    {
        await using var host = TypedSocketsTestHost.Create(services => services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>()));
        var view = new ChatView();
        var ada = await host.ConnectAsync(IChatServer.Contract, view, new TestClientOptions { UserId = "ada" });
        var ben = await host.ConnectAsync(IChatServer.Contract, new ChatView());
        await ada.Server.Join("lobby");
        ben.Server.Say("lobby", "Hello!");
        Assert.Equal("Hello!", await view.NextAsync());
    }

    [Fact]
    public async Task Connection_Lost_TheClientComesBackAfterASecond()
    {
        await using var host = TypedSocketsTestHost.Create(services => services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>()));
        var ada = await host.ConnectAsync(IChatServer.Contract, new ChatView());

        ada.Link.Cut();
        Assert.IsType<TransportClose>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        await ada.Lifecycle.NextAsync<Disconnected>();
        var connecting = await ada.Lifecycle.NextAsync<Connecting>();
        Assert.Equal(TimeSpan.FromSeconds(1), connecting.Delay);

        await host.AdvanceAsync(connecting.Delay);
        await ada.Lifecycle.NextAsync<Connected>();
        Assert.Equal("lobby", (await ada.Server.Join("lobby")).Room);
    }

    [Fact]
    public async Task Network_FallsSilent_BothEndsSeePingTimeout()
    {
        await using var host = TypedSocketsTestHost.Create(services => services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>()));
        var ada = await host.ConnectAsync(IChatServer.Contract, new ChatView());

        ada.Link.ToServer.Hold();
        ada.Link.ToClient.Hold();
        await host.AdvanceAsync(TimeSpan.FromSeconds(46));
        Assert.IsType<PingTimeout>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        Assert.IsType<PingTimeout>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
    }

    [Fact]
    public async Task Client_ReadsTooSlowly_IsDisconnected()
    {
        await using var host = TypedSocketsTestHost.Create(services => services.AddTypedSockets(options => options.MaxQueuedBytes = 10_000).AddHub(IChatServer.Contract.HandledBy<ChatHub>()));
        var ada = await host.ConnectAsync(IChatServer.Contract, new ChatView());
        var ben = await host.ConnectAsync(IChatServer.Contract, new ChatView());
        await ada.Server.Join("lobby");

        ada.Link.ToClient.Freeze();
        ben.Server.Say("lobby", new string('x', 6_000));
        ben.Server.Say("lobby", new string('x', 6_000));
        Assert.IsType<SlowConsumer>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        ada.Link.ToClient.Thaw();
        Assert.IsType<SlowConsumer>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
    }
}
