namespace TypedSockets.Testing.Tests;

public sealed class TimeTests
{
    [Fact]
    public async Task Advance_ByADay_EveryHeartbeatIsAnswered()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        var pongs = ada.Link.ToServer.Packets;
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(5, await ada.Server.Add(2, 3));
        Assert.Empty(ada.Lifecycle.Events.OfType<Disconnected>());
        // One pong for each interval of 25 s, give or take what ticks of 100 ms make late, and the request.
        Assert.InRange(ada.Link.ToServer.Packets - pongs, 143, 145);
    }

    [Fact]
    public async Task Client_AnswersNoPing_ItsSilenceIsSeenLateAndThenEnds()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        ada.Link.ToServer.Hold();
        await host.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.InRange((await ada.ServerLifecycle.NextAsync<HeartbeatLate>()).Silence.TotalSeconds, 30, 31);
        await host.AdvanceAsync(TimeSpan.FromSeconds(15));
        var there = Assert.IsType<PingTimeout>((await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        // The direction to the client is open, so it is told.
        var here = Assert.IsType<PingTimeout>((await ada.Lifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Equal((Initiator.Remote, there.Limit), (here.Initiator, here.Limit));
    }

    /// <summary>Each session of a client holds as long as the first.</summary>
    [Fact]
    public async Task Authentication_WhoseTimeIsUp_EndsTheSession_AndTheClientComesBack()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada", new TestClientOptions { UserId = "u1", AuthenticationLifetime = TimeSpan.FromMinutes(10) });
        await host.AdvanceAsync(TimeSpan.FromSeconds(599));
        Assert.Empty(ada.Lifecycle.Events.OfType<Disconnected>());
        await host.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(new AuthenticationExpired(), (await ada.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        Assert.Equal(new Disconnected(new AuthenticationExpired { Initiator = Initiator.Remote }, WillReconnect: true), await ada.Lifecycle.NextAsync<Disconnected>());
        await host.AdvanceAsync(TimeSpan.FromSeconds(590));
        Assert.Equal(5, await ada.Server.Add(2, 3));
    }

    [Fact]
    public async Task Request_WithoutAnAnswer_TimesOutOnTheClock()
    {
        await using var host = Party.Create();
        var ada = await host.ConnectAsync("ada");
        var waiting = ada.Server.Finish().AsTask();
        await host.Book().Waiting.Task;
        await host.AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        host.Book().Finishing.SetResult();
    }

    [Fact]
    public async Task Client_JoinsNothing_IsDisconnectedWhenItsTimeIsUp()
    {
        await using var host = Party.Create();
        var client = host.CreateClient();
        client.Link.ToServer.Hold();
        client.Socket.Open(IPartyServer.Contract, new Guest(), _ => new(new Invitation("ada")));
        var connecting = client.ConnectAsync();
        await client.Lifecycle.NextAsync<Connecting>();
        await host.StartAsync();
        while (client.Link.ToClient.Packets == 0)
        {
            await Task.Yield();
        }

        await host.AdvanceAsync(TimeSpan.FromSeconds(11));
        Assert.IsType<ForcedServerClose>((await client.ServerLifecycle.NextAsync<Disconnected>()).Reason);
        client.Link.Restore();
        await client.Lifecycle.NextAsync<Connecting>();
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await connecting;
    }
}
